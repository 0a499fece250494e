// htmx as a module; its settings stand in base.html.
import "htmx.org";
