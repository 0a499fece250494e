// uPlot, as the pages import it.
export { default } from "uplot";
