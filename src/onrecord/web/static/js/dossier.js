// The dossier: its as-of date is dragged, and what a figure leads to is opened.
(() => {
  const DAY = 86_400_000;
  const find = (selector) => document.querySelector(selector);
  const iso = (time) => new Date(time).toISOString().slice(0, 10);
  const spoken = document.documentElement.lang;
  const words = new Intl.DateTimeFormat(spoken === "en" ? "en-GB" : spoken, { dateStyle: "long", timeZone: "UTC" });

  // --- The strip ---------------------------------------------------------------------------------------------------
  const first = () => Date.parse(find(".strip").dataset.first);
  const dayOf = (offset) => first() + offset * DAY;

  function prepare() {
    const range = find("#day-range");
    if (!range) return;
    range.hidden = false;
    for (const steps of document.querySelectorAll(".strip .steps")) steps.hidden = false;
    show(Number(range.value), Date.parse(find(".strip").dataset.asked));
  }

  // The day that is told is the one that was asked for, also where the strip does not reach so far.
  function show(offset, day = dayOf(offset)) {
    const range = find("#day-range");
    const told = words.format(day);
    const done = (100 * offset) / Number(range.max);
    range.value = String(offset);
    range.setAttribute("aria-valuetext", told);
    find("#day-shown").textContent = find(".strip").dataset.shown.replace("{day}", told);
    const after = find(".strip .after");
    after.setAttribute("x", `${done}%`);
    after.setAttribute("width", `${100 - done}%`);
  }

  // The day that a date means is its last: "2019-03" is the 31st of March.
  function lastDay(text) {
    const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text.trim());
    if (!parts) return null;
    const [year, month, day] = parts.slice(1).map((part) => (part ? Number(part) : null));
    const time = day ? Date.UTC(year, month - 1, day) : Date.UTC(month ? year : year + 1, month ?? 0, 0);
    return Number.isNaN(time) ? null : time;
  }

  function clamped(time) {
    return Math.min(Math.max(Math.round((time - first()) / DAY), 0), Number(find("#day-range").max));
  }

  function ask(offset) {
    show(offset);
    find("#as-of").value = iso(dayOf(offset));
    find("#days-form").dispatchEvent(new Event("dated"));
  }

  function byMonths(offset, months) {
    const day = new Date(dayOf(offset));
    const end = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months + 1, 0)).getUTCDate();
    return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, Math.min(day.getUTCDate(), end));
  }

  const KEYS = {
    ArrowLeft: (at) => dayOf(at - 1), ArrowRight: (at) => dayOf(at + 1),
    ArrowDown: (at) => dayOf(at - 7), ArrowUp: (at) => dayOf(at + 7),
    PageDown: (at) => byMonths(at, -1), PageUp: (at) => byMonths(at, 1),
  };

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "day-range" || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = KEYS[event.key];
    if (!step) return;
    event.preventDefault();
    ask(clamped(step(Number(event.target.value))));
  });
  document.addEventListener("input", (event) => {
    if (event.target.id === "day-range") ask(Number(event.target.value));
  });
  document.addEventListener("change", (event) => {
    if (event.target.id !== "as-of" || !find("#day-range")) return;
    const time = lastDay(event.target.value);
    if (event.target.value.trim() && time === null) return;
    if (time === null) show(Number(find("#day-range").max));
    else show(clamped(time), time);
    find("#days-form").dispatchEvent(new Event("dated"));
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const here = iso(dayOf(Number(find("#day-range").value)));
    const days = find(".strip").dataset.moved.split(" ").filter(Boolean);
    const next = button.dataset.step === "1" ? days.find((day) => day > here) : days.findLast((day) => day < here);
    if (next) ask(clamped(Date.parse(next)));
  });

  // --- While it loads, the old stays -------------------------------------------------------------------------------
  const ours = (event) => event.detail.elt?.id === "days-form";
  const opened = new Set();
  const keep = (details) => details.closest(".line")?.id;

  document.addEventListener("htmx:configRequest", (event) => {
    if (!ours(event)) return;
    for (const [name, value] of [...event.detail.formData.entries()]) if (value === "") event.detail.formData.delete(name);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (ours(event)) find("#dossier").setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!ours(event)) return;
    find("#dossier").setAttribute("aria-busy", "false");
    if (event.detail.failed) find("#day-told").textContent = find(".strip")?.dataset.failed ?? "";
    find(".strip")?.classList.toggle("failed", Boolean(event.detail.failed));
  });
  // What a person opened stays open where it is still there.
  document.addEventListener("htmx:beforeSwap", (event) => {
    opened.clear();
    for (const details of document.querySelectorAll("#dossier .line > details[open]")) opened.add(keep(details));
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const id of opened) {
      const details = id && document.getElementById(id)?.querySelector(":scope > details");
      if (details) details.open = true;
    }
  });
  document.addEventListener("htmx:historyRestore", prepare);

  // --- A figure opens its statements: the quotes of the line that a link leads to are shown -------------------------
  function open() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let at = target.closest("details"); at; at = at.parentElement?.closest("details")) at.open = true;
    const quotes = target.matches(".line") ? target.querySelector(":scope > details") : null;
    if (quotes) quotes.open = true;
    target.scrollIntoView({ block: "start" });
  }
  window.addEventListener("hashchange", open);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#dossier a[href^='#l-'], #dossier a[href^='#g-']");
    if (link && link.getAttribute("href") === location.hash) open();
  });

  prepare();
  if (find("#dossier")) open();
})();
