// htmx, for the few places where a part of a page is changed for another. No part of it evaluates text as code:
// the pages' Content-Security-Policy forbids that, so `hx-on`, `js:` values and filters in triggers are not used.
import htmx from "htmx.org";

htmx.config.history = false; // pages have addresses of their own; a part of one has none

// The server changes nothing for a request that does not carry the token of this session.
document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector<HTMLMetaElement>("meta[name=sayso-token]")?.content;
  const asked = (event as CustomEvent<{ ctx?: { request?: { headers?: Record<string, string> } } }>).detail?.ctx?.request;
  if (token && asked?.headers) asked.headers["X-Sayso-Token"] = token;
});
