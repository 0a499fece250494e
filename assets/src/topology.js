// Shapes out of a TopoJSON file, as the pages import them.
export { feature, mesh } from "topojson-client";
