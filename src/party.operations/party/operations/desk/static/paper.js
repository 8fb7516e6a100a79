/* The pages of a file (xem văn bản): pictures that the server draws, and over them the words, unseen, to be marked and found.

   <div class="party-viewer" data-paper-images="…{page}…{width}…" data-paper-words="…{page}…" data-paper-pages="12">, best with
   data-paper-sizes="595x842*12"; words are asked for in runs ("1-20"). Where they are not handed out, data-paper-hits="…{text}…"
   says where the server looks for them. Everything a person reads comes with data-label-…; the tools are found by data-do.

   element.paper.highlight([{page, boxes, kind}]), .show(page, box), .search(text). window.partyPaper(element) starts a viewer that
   came into the page later. */
(function () {
  "use strict";
  const WIDTHS = [600, 900, 1200, 1600, 2000, 2400];
  const STEP = 1.25, LEAST = 0.4, MOST = 6;
  const RUN = 10;
  const FONT = "'Times New Roman', 'Liberation Serif', 'Noto Serif', serif";
  const ruler = document.createElement("canvas").getContext("2d");

  /* --- what is typed without marks finds every spelling; with marks that one, in either style of placing the tone --------- */
  const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

  function lettersOf(text) {
    const found = [];
    const runs = text.toLowerCase().replace(/[ðɖ]/g, "đ").normalize("NFC").match(/\p{L}+|\P{L}+/gu) || [];
    for (const run of runs) {
      const parts = [...run].map((each) => each.normalize("NFD"));
      const tone = (parts.join("").match(TONES) || []).join("");
      for (const each of parts) {
        const bare = each[0] === "đ" ? "d" : String.fromCodePoint(each.codePointAt(0));
        const marks = (each[0] === "đ" ? "đ" : "") + each.slice(bare.length).replace(TONES, "");
        found.push({ bare: bare.length === 1 ? bare : "?", spelt: marks + "/" + tone });
      }
    }
    return found;
  }

  const bareOf = (letters) => letters.map((each) => each.bare).join("").replace(/(?<=[bcdghklmnprstvx])y|(?<=qu)y/g, "i");

  function asked(text) {
    return text.replace(/["“”„«»]+/g, " ").split(/\s+/).filter(Boolean).map(lettersOf);
  }

  function indexOf(words) {
    const letters = [], owners = [];
    words.forEach((word, index) => {
      for (const each of [...lettersOf(word[0]), { bare: " ", spelt: "/" }]) { letters.push(each); owners.push(index); }
    });
    return { line: bareOf(letters), letters, owners };
  }

  function isSpelt(letters, wanted) {
    let at = 0;
    for (const syllable of wanted) {
      const strict = syllable.some((each) => each.spelt !== "/");
      if (strict && syllable.some((each, place) => letters[at + place].spelt !== each.spelt)) return false;
      at += syllable.length + 1;
    }
    return true;
  }

  function boxesOf(words) {
    const boxes = [];
    for (const [, left, top, right, bottom] of words) {
      const last = boxes[boxes.length - 1], middle = (top + bottom) / 2;
      if (last && middle >= last[1] && middle <= last[3] && left >= last[0]) {
        boxes[boxes.length - 1] = [last[0], Math.min(last[1], top), Math.max(last[2], right), Math.max(last[3], bottom)];
      } else boxes.push([left, top, right, bottom]);
    }
    return boxes;
  }

  function findOn(page, wanted) {
    const { line, letters, owners } = page.index || (page.index = indexOf(page.words));
    const sought = wanted.map(bareOf).join(" "), found = [];
    for (let at = line.indexOf(sought); at >= 0; at = line.indexOf(sought, at + sought.length)) {
      if (!isSpelt(letters.slice(at, at + sought.length), wanted)) continue;
      found.push({ page: page.number, boxes: boxesOf(page.words.slice(owners[at], owners[at + sought.length - 1] + 1)) });
    }
    return found;
  }

  /* --- one viewer ------------------------------------------------------------------------------------------------------------ */
  function start(viewer) {
    if (viewer.paper) return viewer.paper;
    const data = viewer.dataset;
    const scroller = viewer.querySelector(".paper-scroll") || viewer.appendChild(made("div", "paper-scroll"));
    scroller.tabIndex = 0;
    const sheet = scroller.appendChild(made("div", "paper-sheet"));
    const tool = (name) => viewer.querySelector(`[data-do="${name}"]`);
    const pages = pagesOf(data);
    const widest = Math.max(1, ...pages.map((each) => each.width));
    const runs = new Map();
    let zoom = 1, current = 1, hits = [], at = -1, asking = 0, marks = [], resting = 0;

    for (const page of pages) {
      page.element = made("section", "paper-page");
      page.element.setAttribute("aria-label", said(data.labelPage, { page: page.number, count: pages.length }));
      page.element.style.width = 100 * page.width / widest + "%";
      page.element.style.aspectRatio = page.width + " / " + page.height;
      page.boxes = page.element.appendChild(made("div", "paper-boxes"));
      sheet.append(page.element);
    }

    /* --- pictures near to what is seen are fetched, those far away let go --------------------------------------------------- */
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const page = pages[Number(entry.target.dataset.index)];
        page.near = entry.isIntersecting;
        if (page.near) { draw(page); lay(page); } else leave(page);
      }
    }, { root: scroller, rootMargin: "75% 0px" });
    pages.forEach((page, index) => { page.element.dataset.index = index; observer.observe(page.element); });

    function draw(page) {
      const wide = page.element.clientWidth * Math.min(window.devicePixelRatio || 1, 3);
      const width = WIDTHS.find((each) => each >= wide * 0.9) || WIDTHS[WIDTHS.length - 1];
      if (page.drawn >= width) return;
      page.drawn = width;
      const picture = new Image();
      picture.alt = "";
      picture.decoding = "async";
      picture.draggable = false;
      if (page.number === 1) picture.fetchPriority = "high";
      picture.addEventListener("load", () => {
        if (!page.near || page.drawn !== width) return;
        if (page.picture) page.picture.replaceWith(picture); else page.element.prepend(picture);
        page.picture = picture;
        page.element.classList.remove("failed");
      });
      picture.addEventListener("error", () => {
        page.drawn = 0;
        page.element.classList.add("failed");
        page.element.dataset.failed = data.labelFailed || "";
      });
      picture.src = data.paperImages.replace("{page}", page.number).replace("{width}", width);
    }

    function leave(page) {
      if (page.picture) page.picture.remove();
      if (page.layer) page.layer.remove();
      page.picture = page.layer = null;
      page.drawn = 0;
    }

    /* --- words: fetched in runs of pages -------------------------------------------------------------------------------------- */
    function wordsOf(page) {
      if (page.words || !data.paperWords) return Promise.resolve();
      const first = page.number - (page.number - 1) % RUN, last = Math.min(first + RUN - 1, pages.length);
      if (!runs.has(first)) runs.set(first, fetchRun(first, last));
      return runs.get(first);
    }

    async function fetchRun(first, last) {
      const answer = await fetch(data.paperWords.replace("{page}", first + "-" + last), { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      for (const each of (await answer.json()).pages) {
        const page = pages[each.number - 1];
        if (page) Object.assign(page, { words: each.words, unit: each.width, tall: each.height });
      }
    }

    async function lay(page) {
      await wordsOf(page);
      if (!page.near || page.layer || !page.words || !page.words.length) return;
      page.layer = layer(page);
      page.element.append(page.layer);
    }

    /* --- where one is ----------------------------------------------------------------------------------------------------------- */
    function go(number, box) {
      const page = pages[Math.min(Math.max(number, 1), pages.length) - 1];
      if (!page) return;
      current = page.number;
      let top = page.element.offsetTop - 8;
      if (box) {
        const scale = page.element.clientHeight / page.tall;
        top = page.element.offsetTop + (box[1] + box[3]) / 2 * scale - scroller.clientHeight / 3;
        const left = page.element.offsetLeft + (box[0] + box[2]) / 2 * scale;
        if (left < scroller.scrollLeft || left > scroller.scrollLeft + scroller.clientWidth) {
          scroller.scrollLeft = left - scroller.clientWidth / 2;
        }
      }
      scroller.scrollTop = top;
    }

    // the place on the paper stays when the window, and with it the paper, becomes wider or narrower
    let anchor = null;
    function hold() {
      const page = pages.find((each) => each.element.offsetTop + each.element.offsetHeight > scroller.scrollTop);
      if (page) anchor = { page, part: (scroller.scrollTop - page.element.offsetTop) / page.element.offsetHeight, wide: sheet.clientWidth };
    }
    function resized() {
      if (anchor && anchor.wide !== sheet.clientWidth) {
        scroller.scrollTop = anchor.page.element.offsetTop + anchor.part * anchor.page.element.offsetHeight;
      }
      tellZoom();
      pages.filter((each) => each.near).forEach(draw);
    }

    function notice() {
      hold();
      const middle = scroller.scrollTop + scroller.clientHeight / 2;
      const found = pages.findIndex((each) => each.element.offsetTop + each.element.offsetHeight >= middle);
      current = found < 0 ? pages.length : found + 1;
      const box = tool("page");
      if (box && document.activeElement !== box) box.value = current;
    }

    function setZoom(wanted, x, y) {
      const next = Math.min(Math.max(wanted, LEAST), MOST);
      if (next === zoom) return;
      const across = x === undefined ? scroller.clientWidth / 2 : x, down = y === undefined ? scroller.clientHeight / 2 : y;
      const left = (scroller.scrollLeft + across) / zoom, top = (scroller.scrollTop + down) / zoom;
      zoom = next;
      sheet.style.setProperty("--paper-zoom", zoom);
      scroller.scrollLeft = left * zoom - across;
      scroller.scrollTop = top * zoom - down;
      tellZoom();
      clearTimeout(resting);
      resting = setTimeout(() => pages.filter((each) => each.near).forEach(draw), 150);
    }

    function tellZoom() {
      const shown = tool("zoom");
      if (shown && pages[0]) shown.textContent = Math.round(100 * pages[0].element.clientWidth / (pages[0].width * 96 / 72)) + "%";
    }

    /* --- search within the file --------------------------------------------------------------------------------------------------- */
    async function search(text) {
      const mine = ++asking, wanted = asked(text);
      hits = []; at = -1;
      const field = tool("search");
      if (field && field.value !== text) field.value = text;
      paint();
      if (!wanted.length) { tell(""); return 0; }
      const from = current;
      const take = (found) => {
        hits.push(...found);
        if (at < 0) {
          const next = hits.findIndex((each) => each.page >= from);
          if (next >= 0) choose(next);
        }
      };
      if (data.paperHits) {
        const answer = await fetch(data.paperHits.replace("{text}", encodeURIComponent(text)), { headers: { Accept: "application/json" } });
        if (mine !== asking || !answer.ok) return 0;
        take((await answer.json()).hits);
      } else {
        for (const page of pages) {
          if (!page.words) await wordsOf(page);
          if (mine !== asking) return 0;
          if (page.words) take(findOn(page, wanted));
        }
      }
      if (at < 0 && hits.length) choose(0);
      paint();
      tell();
      return hits.length;
    }

    function choose(index) {
      at = (index + hits.length) % hits.length;
      go(hits[at].page, hits[at].boxes[0]);
      paint();
      tell();
    }

    const step = (way) => { if (hits.length) choose(at + way); };

    function tell(words) {
      const shown = tool("found");
      if (!shown) return;
      shown.textContent = words !== undefined ? words : hits.length
        ? said(data.labelHits, { at: at + 1, count: hits.length }) : data.labelNone || "";
    }

    function paint() {
      const boxes = new Map();
      const add = (each, kind) => {
        const page = pages[each.page - 1];
        if (!page) return;
        if (!boxes.has(page)) boxes.set(page, []);
        for (const [left, top, right, bottom] of each.boxes) {
          const box = made("div", "paper-box " + kind);
          Object.assign(box.style, {
            left: 100 * left / page.unit + "%", top: 100 * top / page.tall + "%",
            width: 100 * (right - left) / page.unit + "%", height: 100 * (bottom - top) / page.tall + "%",
          });
          boxes.get(page).push(box);
        }
      };
      marks.forEach((each) => add(each, each.kind || "mark"));
      hits.forEach((each, index) => add(each, index === at ? "hit current" : "hit"));
      for (const page of pages) page.boxes.replaceChildren(...(boxes.get(page) || []));
    }

    /* --- hands ------------------------------------------------------------------------------------------------------------------------ */
    const acts = {
      in: () => setZoom(zoom * STEP), out: () => setZoom(zoom / STEP), fit: () => setZoom(1),
      next: () => step(1), previous: () => step(-1),
    };
    viewer.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-do]");
      if (button && acts[button.dataset.do]) acts[button.dataset.do]();
    });
    const box = tool("page"), field = tool("search");
    if (box) {
      box.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        go(Number.parseInt(box.value, 10) || current);
        scroller.focus();
      });
      box.addEventListener("blur", notice);
      box.addEventListener("focus", () => box.select());
    }
    if (field) {
      let timer = 0;
      field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => search(field.value), 250); });
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter") { event.preventDefault(); step(event.shiftKey ? -1 : 1); }
        if (event.key === "Escape") { event.preventDefault(); search(""); scroller.focus(); }
      });
    }
    function pressed(event) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
      const inside = viewer.contains(event.target);
      const keys = {
        f: () => field && field.focus(), n: hits.length ? acts.next : null, p: hits.length ? acts.previous : null,
        ...(inside && {
          PageDown: () => go(current + 1), PageUp: () => go(current - 1), Home: () => go(1), End: () => go(pages.length),
          "+": acts.in, "=": acts.in, "-": acts.out, 0: acts.fit,
        }),
      };
      if (!keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    }
    document.addEventListener("keydown", pressed);
    scroller.addEventListener("scroll", () => requestAnimationFrame(notice), { passive: true });
    scroller.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const place = scroller.getBoundingClientRect();
      setZoom(zoom * Math.exp(-event.deltaY / 200), event.clientX - place.left, event.clientY - place.top);
    }, { passive: false });
    let apart = 0, before = 1;
    const spread = (touches) => Math.hypot(touches[0].clientX - touches[1].clientX, touches[0].clientY - touches[1].clientY);
    scroller.addEventListener("touchstart", (event) => {
      if (event.touches.length === 2) { apart = spread(event.touches); before = zoom; }
    }, { passive: true });
    scroller.addEventListener("touchmove", (event) => {
      if (event.touches.length !== 2 || !apart) return;
      event.preventDefault();
      const place = scroller.getBoundingClientRect(), [one, two] = event.touches;
      setZoom(before * spread(event.touches) / apart, (one.clientX + two.clientX) / 2 - place.left, (one.clientY + two.clientY) / 2 - place.top);
    }, { passive: false });
    new ResizeObserver(resized).observe(scroller);

    tellZoom();
    viewer.paper = {
      highlight: (list) => { marks = list; paint(); },
      show: go,
      search,
    };
    if (data.paperQuery) search(data.paperQuery);
    return viewer.paper;
  }

  /* Lines of words, each stretched to its place: what is marked with the mouse lies over what is seen, and is copied line by line. */
  function layer(page) {
    const text = made("div", "paper-words");
    let line = null, last = null, size = 0;
    page.words.forEach((word, index) => {
      const [said, left, top, right, bottom] = word, middle = (top + bottom) / 2;
      if (!last || middle < last[2] || middle > last[4] || left < last[1]) {
        size = (bottom - top) * 0.8;
        line = made("div", "paper-line");
        Object.assign(line.style, {
          left: 100 * left / page.unit + "%", top: 100 * top / page.tall + "%",
          fontSize: 100 * size / page.unit + "cqw", lineHeight: (bottom - top) / size,
        });
        text.append(line);
      }
      const next = page.words[index + 1];
      const goesOn = next && next[1] >= left && (next[2] + next[4]) / 2 >= top && (next[2] + next[4]) / 2 <= bottom;
      const span = made("span");
      span.textContent = said + " ";
      ruler.font = "100px " + FONT;
      const natural = ruler.measureText(said + " ").width / 100, written = ruler.measureText(said).width / 100;
      span.style.transform = "scaleX(" + ((right - left) / size / (written || 1)).toFixed(3) + ")";
      if (goesOn) span.style.marginRight = ((next[1] - left) / size - natural).toFixed(3) + "em";
      line.append(span);
      last = word;
    });
    return text;
  }

  function pagesOf(data) {
    const sizes = [];
    for (const run of (data.paperSizes || "595x842*" + (data.paperPages || 0)).split(" ")) {
      const [, width, height, count] = run.match(/^(\d+)x(\d+)\*(\d+)$/) || [0, 595, 842, 0];
      for (let each = 0; each < Number(count); each += 1) sizes.push([Number(width) || 1, Number(height) || 1]);
    }
    return sizes.map(([width, height], index) => ({ number: index + 1, width, height, unit: width, tall: height, drawn: 0, words: null }));
  }

  const said = (words, values) => (words || "").replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));

  function made(name, kind) {
    const element = document.createElement(name);
    if (kind) element.className = kind;
    return element;
  }

  window.partyPaper = start;
  party.wire((root) => root.querySelectorAll(".party-viewer[data-paper-images]").forEach(start));
})();
