/* A list stays at hand while its documents are read one after the other: rows are elements with data-href, a document offers
   <nav class="party-neighbours"> with links rel="up", "prev" and "next". Of what is classified nothing is remembered here. */
(function () {
  "use strict";
  const KEY = "party:list";
  const isOpen = (row) => !row.matches("[data-level]") && !row.querySelector("[data-level]");
  const rows = [...document.querySelectorAll("main [data-href]")].filter(isOpen)
    .map((each) => new URL(each.dataset.href, location.href).pathname);
  const places = document.querySelector(".party-neighbours");
  if (places) {
    const list = JSON.parse(sessionStorage.getItem(KEY) || "null");
    const at = list ? list.rows.findIndex((each) => location.pathname === each) : -1;
    if (at < 0) return;
    const lead = (rel, address) => {
      const link = places.querySelector(`[rel="${rel}"]`);
      if (!link || !address) return;
      link.href = address;
      link.hidden = false;
    };
    lead("up", list.address);
    lead("prev", list.rows[at - 1]);
    lead("next", list.rows[at + 1]);
    places.hidden = false;
  } else if (rows.length) {
    sessionStorage.setItem(KEY, JSON.stringify({ address: location.pathname + location.search, rows }));
  }
})();
