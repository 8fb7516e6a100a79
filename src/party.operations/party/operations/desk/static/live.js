/* The counts follow what happens without a reload. What is new is said, and shown when it is asked for: nothing moves by
   itself. Only while the page is in view. */
(function () {
  "use strict";
  const EVERY = 20000;
  const place = document.getElementById("party-news");
  if (!place) return;
  const title = document.title.replace(/^\(\d+\) /, "");
  const counted = document.title !== title || document.querySelector("[data-title-counts]");
  let tag = "", known = null, timer = 0;

  function write(counts) {
    for (const each of document.querySelectorAll("[data-count]")) {
      const count = counts[each.dataset.count];
      if (count === undefined || each.textContent.trim() === String(count)) continue;
      each.textContent = count;
      each.hidden = !count && each.classList.contains("badge");
      const tray = each.closest(".party-trays a");
      if (tray) tray.classList.toggle("none", !count);
    }
    if (counted) document.title = counts.awaiting ? `(${counts.awaiting}) ${title}` : title;
  }

  function tell(counts, before) {
    const here = document.querySelector("[data-tray]");
    const tray = here ? here.dataset.tray : "";
    const more = tray ? counts[tray] - before[tray] : 0;
    const all = counts.awaiting - before.awaiting;
    if (more <= 0 && all <= 0) return;
    const link = document.createElement("a");
    link.href = more > 0 ? location.href : party.home + "/@@desk";
    link.textContent = party.text("show");
    if (more > 0) link.addEventListener("click", (event) => { event.preventDefault(); location.reload(); });
    const said = document.createElement("span");
    said.textContent = more > 0 ? party.text("new-here", { count: more }) : party.text("new-elsewhere", { count: all });
    place.replaceChildren(said, " ", link);
  }

  async function ask(own) {
    clearTimeout(timer);
    if (document.visibilityState !== "visible") return;
    try {
      const headers = { Accept: "application/json", ...(tag ? { "If-None-Match": tag } : {}) };
      const answer = await fetch(party.home + "/@@counts", { headers, cache: "no-store", redirect: "error" });
      if (answer.status === 200) {
        tag = answer.headers.get("ETag") || "";
        const counts = (await answer.json()).counts;
        // what the reader did himself is no news
        if (known && !own) tell(counts, known);
        if (own && known) for (const name of Object.keys(counts)) known[name] = Math.min(known[name], counts[name]);
        known = known || counts;
        write(counts);
      }
    } catch (error) { /* the next time */ }
    timer = setTimeout(ask, EVERY);
  }

  document.addEventListener("visibilitychange", () => ask(false));
  document.addEventListener("party:changed", () => ask(true));
  known = JSON.parse(place.dataset.counts || "null");
  timer = setTimeout(ask, EVERY);
})();
