// The reader: what marked words say on hover, focus and click; and words marked to say what they say.
{
  const text = document.getElementById("reader-text");
  const about = document.getElementById("about");

  // What is told of words stays until they are left, can itself be gone over, and goes by Escape (WCAG 1.4.13).
  const cardsOf = (numbers) => numbers.map((n) => document.getElementById(`s-${n}`)).filter(Boolean);
  let shown = null;
  let later = 0;
  let pinned = false;

  const light = (numbers, on) => {
    for (const n of numbers) {
      document.getElementById(`s-${n}`)?.classList.toggle("lit", on);
      for (const mark of text.querySelectorAll("mark[data-said]")) {
        if (mark.dataset.said.split(" ").includes(n)) mark.classList.toggle("lit", on);
      }
    }
  };
  const hide = () => {
    clearTimeout(later);
    if (!shown) return;
    light(shown.numbers, false);
    shown.at.removeAttribute("aria-describedby");
    shown = null;
    pinned = false;
    about.hidden = true;
    about.replaceChildren();
  };
  const leave = () => {
    clearTimeout(later);
    if (!pinned) later = setTimeout(hide, 250);
  };
  const show = (at, numbers) => {
    clearTimeout(later);
    if (shown && shown.at === at) return;
    hide();
    shown = { at, numbers };
    for (const card of cardsOf(numbers)) {
      const one = document.createElement("div");
      one.className = "one";
      for (const part of card.querySelectorAll(".reads, dl")) one.append(part.cloneNode(true));
      about.append(one);
    }
    light(numbers, true);
    about.hidden = false;
    const box = at.getClientRects()[0] || at.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(box.left, width - about.offsetWidth - 8));
    const below = box.bottom + 4 + about.offsetHeight < window.innerHeight || box.top < about.offsetHeight + 8;
    about.style.left = `${left + window.scrollX}px`;
    about.style.top = `${(below ? box.bottom + 4 : box.top - about.offsetHeight - 4) + window.scrollY}px`;
    at.setAttribute("aria-describedby", "about");
  };

  if (text && about) {
    document.body.append(about); // so that its place is that of the page
    const target = (event) => event.target.closest("mark[data-said], sup a[data-statement]");
    const numbersOf = (at) => at.dataset.statement ? [at.dataset.statement] : at.dataset.said.split(" ");
    text.addEventListener("pointerover", (event) => {
      const at = target(event);
      if (at && event.pointerType === "mouse" && !event.buttons && !pinned) show(at, numbersOf(at));
    });
    text.addEventListener("pointerout", (event) => { if (target(event)) leave(); });
    about.addEventListener("pointerenter", () => clearTimeout(later));
    about.addEventListener("pointerleave", leave);
    text.addEventListener("focusin", (event) => {
      const at = target(event);
      if (at) show(at, numbersOf(at));
    });
    text.addEventListener("focusout", (event) => {
      if (target(event) && !about.contains(event.relatedTarget)) leave();
    });
    about.addEventListener("focusout", (event) => {
      if (!about.contains(event.relatedTarget)) hide();
    });
    text.addEventListener("click", (event) => {
      const at = target(event);
      if (!at || !window.getSelection().isCollapsed) return;
      event.preventDefault();
      show(at, numbersOf(at));
      pinned = true;
      if (at.matches("a")) about.focus({ preventScroll: true });
    });
    document.addEventListener("click", (event) => {
      if (pinned && !about.contains(event.target) && !target(event)) hide();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !shown) return;
      const at = shown.at;
      if (about.contains(document.activeElement)) at.focus();
      hide();
    });
  }

  // Words are marked by any selection in the text, with the mouse, by touch, or with the arrow keys.
  const bar = document.querySelector(".bar-say");
  if (text && bar && text.dataset.say) {
    const said = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest("[data-at]");
    // The text counts characters, not halves of them.
    const length = (words) => [...words].length;
    const placed = () => {
      const selection = window.getSelection();
      if (!selection.rangeCount || selection.isCollapsed) return null;
      const range = selection.getRangeAt(0);
      if (!text.contains(range.commonAncestorContainer)) return null;
      let at = null;
      let to = null;
      for (const part of text.querySelectorAll("[data-at]")) {
        const node = part.firstChild;
        if (!node || !range.intersectsNode(node)) continue;
        const begin = range.startContainer === node ? range.startOffset : 0;
        const end = range.endContainer === node ? range.endOffset : node.data.length;
        const words = node.data.slice(begin, end);
        if (!words.trim()) continue;
        const from = Number(part.dataset.at) + length(node.data.slice(0, begin));
        if (at === null) at = from + length(words) - length(words.trimStart());
        to = from + length(words.trimEnd());
      }
      return at === null ? null : { at, to };
    };
    const open = () => {
      const place = placed();
      if (!place) return;
      const address = new URL(text.dataset.say, window.location.href);
      address.searchParams.set("at", place.at);
      address.searchParams.set("to", place.to);
      window.location.assign(address);
    };
    document.addEventListener("selectionchange", () => { bar.hidden = !placed(); });
    // Pressing the button must not take the selection away.
    bar.addEventListener("pointerdown", (event) => event.preventDefault());
    bar.querySelector("button").addEventListener("click", open);

    // By keyboard: the arrows go from word to word, Shift takes more of them, Enter opens the form.
    const words = [];
    for (const part of text.querySelectorAll("[data-at]")) {
      const node = part.firstChild;
      for (const found of node ? node.data.matchAll(/\S+/gu) : []) {
        words.push({ node, start: found.index, end: found.index + found[0].length });
      }
    }
    let from = -1;
    let upto = -1;
    text.tabIndex = 0;
    text.setAttribute("role", "group");
    text.setAttribute("aria-labelledby", "h-reader");
    text.setAttribute("aria-describedby", "words-hint");
    text.addEventListener("keydown", (event) => {
      if (event.target !== text || !words.length || event.ctrlKey || event.altKey || event.metaKey) return;
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (event.key === "Enter") {
        event.preventDefault();
        open();
      } else if (step) {
        event.preventDefault();
        upto = Math.min(Math.max(upto + step, 0), words.length - 1);
        if (!event.shiftKey || from < 0) from = upto;
        const [first, last] = from <= upto ? [words[from], words[upto]] : [words[upto], words[from]];
        window.getSelection().setBaseAndExtent(first.node, first.start, last.node, last.end);
        words[upto].node.parentElement.scrollIntoView({ block: "nearest" });
      }
    });
    text.addEventListener("pointerup", () => {
      // The arrows go on from where the mouse was.
      const node = window.getSelection().focusNode;
      const at = node && said(node) ? words.findIndex((word) => word.node === node) : -1;
      if (at >= 0) from = upto = at;
    });
  }
}
