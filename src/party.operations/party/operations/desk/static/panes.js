/* The list beside the thing, where the screen is wide: what is opened from the list is shown in a pane of its own, and the
   address of the page says so (open=…), so that back, reload and a copied address lead to the same place. */
(function () {
  "use strict";
  const panes = document.querySelector(".party-panes");
  if (!panes) return;
  const list = panes.querySelector(".party-pane-list");
  const pane = panes.querySelector(".party-reading");
  const body = pane.querySelector(".party-reading-body");
  const wide = matchMedia("(min-width: 1400px)");
  //: documents, deliveries and their forms; never a file, which the browser shows itself
  const SHOWN = /^(d\/[\w-]+(\/@@[a-z_-]+)?|@@delivery)\/?([?#].*)?$/;
  let shown = "", asked = 0;

  const within = (href) => (href.startsWith(party.home + "/") ? href.slice(party.home.length + 1) : "");
  const isOurs = (href) => SHOWN.test(within(href)) && !/\/@@file\b/.test(href);
  const wanted = () => new URL(location.href).searchParams.get("open") || "";
  const address = (open) => {
    const url = new URL(location.href);
    if (open) url.searchParams.set("open", open); else url.searchParams.delete("open");
    url.hash = "";
    return url.href;
  };

  function mark(open) {
    const path = open.split(/[/?#]/, 2).join("/");
    for (const row of list.querySelectorAll("[data-href]")) {
      const here = within(row.dataset.href);
      const same = open && (here === open || (path.startsWith("d/") && here === path));
      if (same) row.setAttribute("aria-current", "true"); else row.removeAttribute("aria-current");
    }
  }

  function close() {
    asked++;
    shown = "";
    panes.classList.remove("open");
    pane.hidden = true;
    body.replaceChildren();
    const row = list.querySelector("[data-href][aria-current]");
    mark("");
    if (row) row.scrollIntoView({ block: "nearest" });
    return row;
  }

  async function ask(open, options) {
    const mine = ++asked;
    panes.classList.add("open");
    pane.hidden = false;
    pane.setAttribute("aria-busy", "true");
    mark(open);
    try {
      const answer = await fetch(party.home + "/" + open, options);
      const text = await answer.text();
      if (mine === asked) put(answer, new DOMParser().parseFromString(text, "text/html"), open);
    } catch (error) {
      if (mine === asked) { pane.removeAttribute("aria-busy"); party.toast(party.text("unreachable"), true); }
    }
  }

  function put(answer, page, open) {
    const main = page.querySelector("main");
    const messages = page.getElementById("global_statusmessage");
    if (answer.redirected && !isOurs(answer.url) && !/\/@@desk\b/.test(answer.url)) { location.assign(answer.url); return; }
    if (messages) {
      const said = document.getElementById("global_statusmessage");
      said.append(...messages.children);
      messages.remove();
    }
    pane.removeAttribute("aria-busy");
    if (!isOurs(answer.url)) {
      // it is no longer the reader's: given back, or taken away
      history.replaceState(null, "", address(""));
      close();
      party.arrived(document.getElementById("global_statusmessage"));
      return;
    }
    shown = within(answer.url) + (answer.redirected ? "" : (/#.*/.exec(open) || [""])[0]);
    if (shown !== wanted()) history.replaceState(null, "", address(shown));
    if (page.body.dataset.classified === "true") document.body.dataset.classified = "true";
    needs(page);
    pane.dataset.address = answer.url;
    pane.querySelector("[data-full]").href = answer.url;
    // this page has a place of its own for what is new
    main.querySelector("#party-news")?.remove();
    body.replaceChildren(...main.children);
    pane.scrollTop = 0;
    mark(shown);
    party.arrived(pane);
    const field = shown.includes("#") && document.getElementById(shown.split("#")[1]);
    (field || body).focus({ preventScroll: !field });
  }

  /* Scripts and styles of the page that is shown, once each. */
  function needs(page) {
    for (const style of page.querySelectorAll("link[rel=stylesheet]")) {
      if (!document.querySelector(`link[href="${CSS.escape(style.getAttribute("href"))}"]`)) document.head.append(document.adoptNode(style));
    }
    for (const script of page.querySelectorAll("head script[src]")) {
      const src = script.getAttribute("src");
      if (document.querySelector(`script[src="${CSS.escape(src)}"]`)) continue;
      document.head.append(Object.assign(document.createElement("script"), { src, async: false }));
    }
  }

  /* The rows as they are now, after the reader did something; the place in the list stays. */
  async function refresh() {
    const answer = await fetch(address(""), { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector(".party-pane-list");
    if (!now) return;
    list.replaceChildren(...now.children);
    mark(shown);
    party.arrived(list);
  }
  party.refreshList = refresh;

  function open(href) {
    const to = within(href);
    history.pushState(null, "", address(to));
    ask(to);
  }

  const plain = (event) => !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented);

  panes.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !plain(event) || !wide.matches) return;
    const inside = list.contains(link) ? link.closest("[data-href]") : body.contains(link);
    if (!inside || link.target || link.hasAttribute("download") || link.getAttribute("href").startsWith("#")) return;
    if (!isOurs(link.href)) return;
    event.preventDefault();
    open(link.href);
  });
  // a row is opened by pressing anywhere on it
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-href]");
    if (!row || !plain(event) || event.target.closest("a, button, input, label, select, .box") || String(getSelection())) return;
    row.querySelector("a[href]").click();
  });
  list.addEventListener("party:go", (event) => {
    if (!wide.matches || !isOurs(event.detail)) return;
    event.preventDefault();
    open(event.detail);
  });
  // with something open, moving on in the list opens the next
  let pause = 0;
  list.addEventListener("party:at", (event) => {
    clearTimeout(pause);
    if (!shown || !wide.matches) return;
    const href = event.target.dataset.href;
    pause = setTimeout(() => { history.replaceState(null, "", address(within(href))); ask(within(href)); }, 200);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const ours = body.contains(form) || (shown && form.closest("#global_statusmessage"));
    if (!ours || event.defaultPrevented || form.method !== "post") return;
    event.preventDefault();
    const action = new URL(form.getAttribute("action") || pane.dataset.address, pane.dataset.address).href;
    if (!within(action)) return;
    const toast = form.closest(".party-toast, #global_statusmessage .portalMessage, #global_statusmessage .alert");
    ask(within(action), { method: "POST", body: new FormData(form, event.submitter) }).then(() => {
      if (toast) toast.remove();
      document.dispatchEvent(new Event("party:changed"));
      refresh();
    });
  });

  pane.querySelector("[data-closes]").addEventListener("click", () => {
    history.pushState(null, "", address(""));
    const row = close();
    if (row) row.querySelector("a[href]").focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown || event.defaultPrevented || event.target.closest("dialog, input, textarea, select")) return;
    pane.querySelector("[data-closes]").click();
  });
  addEventListener("popstate", () => {
    if (wanted() === shown) return;
    if (wanted()) ask(wanted()); else close();
  });
  wide.addEventListener("change", () => { if (!wide.matches && shown) location.replace(party.home + "/" + shown); });

  if (SHOWN.test(wanted())) {
    if (wide.matches) ask(wanted()); else location.replace(party.home + "/" + wanted());
  }
})();
