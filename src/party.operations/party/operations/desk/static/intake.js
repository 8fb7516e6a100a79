/* Registering from a file (vào sổ từ tệp): files that are dropped are sent at once; what was read in one is proposed beside the
   fields, with the place on the page. A proposal is nobody's word until somebody takes it over: then it is typed into its field. */
(function () {
  "use strict";
  const PAUSE = 1200;
  const SURE = ["certain", "likely"];

  async function sent(url, body) {
    body.append("_authenticator", (await party.whoAmI()).token);
    return fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
  }

  /* --- files that are dropped or chosen ------------------------------------------------------------------------------ */
  function takesDrops(zone) {
    const said = zone.querySelector(".party-drop-said");
    const form = document.querySelector("form.party-form");
    const own = form && form.querySelector("input[type=file][name=files]");
    const isBegun = () => Boolean(form) && [...form.querySelectorAll("input[type=text], textarea")]
      .some((each) => each.value.trim() && each.value !== each.defaultValue);
    const say = (text) => { const line = document.createElement("div"); line.textContent = text; said.append(line); };

    async function take(files) {
      // a form that somebody has begun by hand keeps its words: the file goes along with them
      if (own && isBegun()) {
        const all = new DataTransfer();
        [...own.files, ...files].forEach((each) => all.items.add(each));
        own.files = all.files;
        own.dispatchEvent(new Event("change"));
        return;
      }
      said.replaceChildren();
      const places = [];
      let failed = 0;
      for (const [at, file] of [...files].entries()) {
        const line = zone.dataset.labelSending.replace("{at}", at + 1).replace("{count}", files.length);
        said.dataset.now = line;
        const body = new FormData();
        body.append("file", file, file.name);
        try {
          const answer = await sent(zone.dataset.drop, body);
          const told = await answer.json();
          if (answer.ok) places.push(told.url); else { failed += 1; say(told.problem); }
        } catch (error) {
          failed += 1;
          say(zone.dataset.failed.replace("{file}", file.name));
        }
      }
      delete said.dataset.now;
      if (failed) return;
      location.assign(places.length === 1 ? places[0] : zone.dataset.batch);
    }

    zone.hidden = false;
    document.addEventListener("dragover", (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      zone.classList.add("over");
    });
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) zone.classList.remove("over"); });
    document.addEventListener("drop", (event) => {
      zone.classList.remove("over");
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      take(event.dataTransfer.files);
    });
    zone.querySelector("input[type=file]").addEventListener("change", (event) => take(event.target.files));
  }

  /* --- proposals beside the fields ----------------------------------------------------------------------------------- */
  function proposes(panel) {
    const form = panel.closest("form");
    const viewer = () => { const found = document.querySelector(".party-viewer"); return found && found.paper; };
    const word = (name) => panel.querySelector("template").content.querySelector(`[data-say="${name}"]`).textContent.trim();
    const all = panel.querySelector("[data-accept]");
    const touched = new Set();
    const boxes = new Map();
    let read = { proposals: [], assignments: [] };
    let levelDecided = true;

    const field = (name) => form.querySelector(`[name="form.widgets.${name}"], [name="form.widgets.${name}:list"]`);
    const room = (name) => form.querySelector(`.field-${name}`);
    const nameOf = (element) => (element.name || "").replace(/^form\.widgets\./, "").replace(/:list$/, "");
    const of = (name) => read.proposals.filter((each) => each.field === name && each.typed);
    const isOpen = (name) => {
      const element = field(name), best = of(name)[0];
      if (!element || !best || element.value === best.typed || touched.has(name)) return false;
      return element.tagName === "SELECT" || !element.value.trim();
    };

    function shows(place, kind) {
      const paper = viewer();
      if (!paper || !place.page) return;
      paper.highlight([{ page: place.page, boxes: place.boxes, kind }]);
      paper.show(place.page, place.boxes[0]);
    }

    function take(name, proposal) {
      const element = field(name);
      element.value = proposal.typed;
      touched.add(name);
      if (name === "level") levelDecided = true;
      element.dispatchEvent(new Event("change", { bubbles: true }));
      draws(name);
    }

    function chip(name, proposal) {
      const button = document.createElement("button");
      const taken = field(name).value === proposal.typed;
      button.type = "button";
      button.className = `party-proposal ${taken ? "taken" : proposal.certainty}`;
      // what Enter or Tab in its field takes over needs no stop of its own
      button.tabIndex = name !== "level" && proposal === of(name)[0] && SURE.includes(proposal.certainty) ? -1 : 0;
      const value = document.createElement("span");
      value.textContent = proposal.label;
      const sure = document.createElement("small");
      sure.textContent = word(taken ? "taken" : proposal.certainty);
      button.append(value, " ", sure);
      button.title = proposal.said;
      button.addEventListener("click", () => { take(name, proposal); shows(proposal, proposal.certainty); });
      button.addEventListener("mouseenter", () => shows(proposal, proposal.certainty));
      return button;
    }

    function draws(name) {
      const where = room(name);
      if (!where || !field(name)) return;
      let line = boxes.get(name);
      if (!line) {
        line = document.createElement("div");
        line.className = "party-proposals";
        line.id = `proposals-${name}`;
        field(name).setAttribute("aria-describedby", line.id);
        // an input with suggestions stands in a box of its own
        (field(name).closest(".party-suggest") || field(name)).after(line);
        boxes.set(name, line);
      }
      const found = of(name).map((each) => chip(name, each));
      if (name === "level" && found.length) {
        const label = document.createElement("span");
        label.textContent = word("stamp");
        const stay = document.createElement("button");
        stay.type = "button";
        stay.className = "btn btn-sm btn-link";
        stay.textContent = word("stay");
        stay.addEventListener("click", () => { levelDecided = true; line.classList.remove("undecided"); });
        found.unshift(label);
        found.push(stay);
        line.classList.toggle("undecided", !levelDecided);
      }
      line.replaceChildren(...found);
    }

    function drawsAssignments() {
      const section = form.querySelector(".party-assigned");
      const list = section.querySelector("ul");
      const ticked = new Set([...list.querySelectorAll("input:checked")].map((each) => each.value));
      (section.dataset.kept || "").split(" ").filter(Boolean).forEach((each) => ticked.add(each));
      section.dataset.kept = "";
      section.hidden = !read.assignments.length;
      list.replaceChildren(...read.assignments.map((each, number) => {
        const item = document.createElement("li");
        const label = document.createElement("label");
        const box = Object.assign(document.createElement("input"), {
          type: "checkbox", name: "assignment", value: String(number), className: "form-check-input", checked: ticked.has(String(number)),
        });
        const about = document.createElement("small");
        const due = each.deadline ? `${word("until")} ${each.deadline}` : "";
        about.textContent = [each.addressee, due, word(each.certainty)].filter(Boolean).join(" · ");
        const sentence = document.createElement("span");
        sentence.append(each.sentence, about);
        label.append(box, sentence);
        label.addEventListener("mouseenter", () => shows(each, each.certainty));
        box.addEventListener("focus", () => shows(each, each.certainty));
        item.append(label);
        return item;
      }));
    }

    function drawsMore() {
      const names = ["signer_title", "issuing_place", "recipients"];
      panel.querySelector(".party-intake-read-more").replaceChildren(...names.flatMap((name) => of(name).slice(0, 1)).flatMap((each) => {
        const term = document.createElement("dt"), said = document.createElement("dd");
        term.textContent = word(each.field);
        said.textContent = each.label.split("\n").join("; ");
        said.addEventListener("mouseenter", () => shows(each, each.certainty));
        return [term, said];
      }));
    }

    function drawsAlike(found) {
      const box = panel.querySelector(".party-intake-read-alike");
      box.hidden = !found.length;
      box.querySelector("ul").replaceChildren(...found.map((each) => {
        const item = document.createElement("li");
        const link = Object.assign(document.createElement("a"), { href: each.url, target: "_blank", textContent: each.about });
        const about = document.createElement("div");
        about.textContent = each.title;
        item.append(link, each.arrival ? ` ${word("arrival")} ${each.arrival}` : "", about);
        return item;
      }));
    }

    // a stamp that must not be here: only who says that it was read wrongly goes on
    function drawsWarning(sentence) {
      const warning = panel.querySelector(".party-intake-read-warning");
      if (warning.dataset.said === sentence) return;
      warning.dataset.said = sentence;
      warning.hidden = !sentence;
      warning.replaceChildren(sentence);
      if (!sentence) return;
      levelDecided = false;
      const wrong = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-link", textContent: word("wrong") });
      wrong.addEventListener("click", () => { levelDecided = true; warning.hidden = true; });
      warning.append(" ", wrong);
    }

    const undecided = () => (levelDecided ? null
      : form.querySelector(".party-proposals.undecided button, .party-intake-read-warning:not([hidden]) button"));

    function acceptsAll() {
      const names = [...new Set(read.proposals.map((each) => each.field))];
      for (const name of names) {
        // the level is decided by a person, for itself
        if (name !== "level" && isOpen(name) && SURE.includes(of(name)[0].certainty)) take(name, of(name)[0]);
      }
      read.assignments.forEach((each, number) => {
        if (SURE.includes(each.certainty)) form.querySelector(`[name=assignment][value="${number}"]`).checked = true;
      });
      asksAlike();
      goesOn();
    }

    function goesOn() {
      const names = [...boxes.keys()];
      const empty = [...form.elements].find((each) => names.includes(nameOf(each)) && isOpen(nameOf(each)));
      const needed = [...form.elements].find((each) => each.matches("[required]") && !each.value);
      (undecided() || empty || needed || form.querySelector("[name='form.buttons.save']")).focus();
    }

    let asked = 0;
    async function asksAlike() {
      const mine = ++asked, body = new FormData();
      for (const name of ["issuer", "number_symbol", "document_date"]) body.append(name, field(name).value);
      const answer = await sent(panel.dataset.alike, body);
      if (mine === asked && answer.ok) drawsAlike((await answer.json()).alike);
    }

    let looks = 0;
    async function reads() {
      let found;
      try {
        const answer = await fetch(panel.dataset.reading, { headers: { Accept: "application/json" }, cache: "no-store" });
        if (!answer.ok) throw new Error(answer.status);
        found = await answer.json();
      } catch (error) {
        panel.querySelector(".party-intake-read-said").textContent = word("gone");
        return;
      }
      read = found;
      panel.querySelector(".party-intake-read-said").textContent = found.said;
      panel.dataset.state = found.state;
      drawsWarning(found.warning);
      if (of("level").length && field("level") && !touched.has("level") && field("level").value !== of("level")[0].typed) levelDecided = false;
      new Set(found.proposals.map((each) => each.field)).forEach(draws);
      drawsAssignments();
      drawsMore();
      drawsAlike(found.alike);
      all.disabled = !found.proposals.some((each) => field(each.field));
      if (!looks && document.activeElement === document.body) all.focus({ preventScroll: true });
      looks += 1;
      if (!found.settled) setTimeout(reads, PAUSE);
    }

    form.addEventListener("input", (event) => { if (event.isTrusted) { touched.add(nameOf(event.target)); draws(nameOf(event.target)); } });
    form.addEventListener("change", (event) => {
      const name = nameOf(event.target);
      if (name === "level") { levelDecided = true; draws("level"); }
      if (event.isTrusted && ["issuer", "number_symbol", "document_date"].includes(name)) asksAlike();
    });
    form.addEventListener("focusin", (event) => {
      const best = of(nameOf(event.target))[0];
      if (best) shows(best, best.certainty);
    });
    // before the list of suggestions, which would take its first name
    form.addEventListener("keydown", (event) => {
      const name = nameOf(event.target);
      if (event.shiftKey || event.altKey || event.ctrlKey || !["Enter", "Tab"].includes(event.key)) return;
      if (name === "level" || !isOpen(name) || !SURE.includes(of(name)[0].certainty)) return;
      take(name, of(name)[0]);
      if (["issuer", "number_symbol", "document_date"].includes(name)) asksAlike();
      if (event.key === "Enter") { event.preventDefault(); goesOn(); }
      event.stopImmediatePropagation();
    }, true);
    document.addEventListener("keydown", (event) => {
      if (event.altKey && event.key.toLowerCase() === "n" && !all.disabled) { event.preventDefault(); acceptsAll(); }
    });
    // before the guard of the session, which would send the form
    document.addEventListener("submit", (event) => {
      const waits = event.target === form && undecided();
      if (!waits) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const line = form.querySelector(".party-proposals.undecided span");
      if (line) line.textContent = word("decide");
      waits.focus();
    }, true);
    all.addEventListener("click", acceptsAll);
    panel.querySelector("[data-remove-file]").addEventListener("click", async (event) => {
      const body = new FormData();
      body.append("file", form.elements.file.value);
      await sent(event.target.dataset.removeAt, body);
      location.assign(event.target.dataset.removeAt);
    });
    reads();
  }

  /* --- the list of files looks again while some are read ------------------------------------------------------------- */
  function looksAgain(list) {
    if (!Number(list.dataset.unsettled)) return;
    setTimeout(async () => {
      const answer = await fetch(location.href, { cache: "no-store" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".party-batch");
      if (!fresh) return;
      const marked = [...list.querySelectorAll("[name=file]:checked")].map((each) => each.value);
      const body = fresh.querySelector("tbody");
      if (body && list.querySelector("tbody")) list.querySelector("tbody").replaceWith(body);
      marked.forEach((each) => { const box = list.querySelector(`[value="${CSS.escape(each)}"]`); if (box) box.checked = true; });
      list.dataset.unsettled = fresh.dataset.unsettled;
      looksAgain(list);
    }, PAUSE);
  }

  party.wire((root) => {
    root.querySelectorAll("[data-drop]").forEach(takesDrops);
    root.querySelectorAll("[data-reading]").forEach(proposes);
    root.querySelectorAll("[data-unsettled]").forEach(looksAgain);
  });
})();
