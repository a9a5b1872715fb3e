"use strict";
// The search: "/" opens it, arrows choose, Enter goes there, Esc closes. The index is read when it is first wanted.
(() => {
  const dialog = document.getElementById("site-search");
  const input = document.getElementById("site-search-words");
  const list = document.getElementById("site-search-results");
  const state = document.getElementById("site-search-state");
  const SHOWN = 12;
  let index;
  let chosen = -1;

  // Scripts, since a page from a disk may not fetch.
  const load = (source) => new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = loaded;
    script.onerror = failed;
    document.head.append(script);
  });

  let loading;
  const ready = () => loading ??= Promise.all(["lunr.js", "search-words.js", "search-index.js"].map(load))
    .then(() => { index = lunr.Index.load(SEARCH_INDEX); });

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    ready().then(search, () => { state.textContent = "The index of the search could not be read."; });
  };

  const choose = (position) => {
    const options = list.children;
    if (options[chosen]) options[chosen].setAttribute("aria-selected", "false");
    chosen = options.length ? (position + options.length) % options.length : -1;
    if (chosen < 0) return input.removeAttribute("aria-activedescendant");
    options[chosen].setAttribute("aria-selected", "true");
    options[chosen].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[chosen].id);
  };

  // The text around the first of the words, with all of them marked.
  const excerpt = (text, words) => {
    const pattern = new RegExp("(" + words.map((word) => word.replace(/[^\p{L}\p{N}]/gu, "\\$&")).join("|") + ")", "i");
    const at = Math.max(0, text.search(pattern));
    const from = at < 90 ? 0 : text.lastIndexOf(" ", at - 40) + 1;
    const shown = document.createElement("span");
    shown.className = "excerpt";
    const end = text.length > from + 170 ? text.lastIndexOf(" ", from + 170) : text.length;
    ((from ? "… " : "") + text.slice(from, end) + (end < text.length ? " …" : "")).split(pattern).forEach((part, position) => {
      if (position % 2) {
        const mark = document.createElement("mark");
        mark.textContent = part;
        shown.append(mark);
      } else shown.append(part);
    });
    return shown;
  };

  const line = (name, text) => {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    return span;
  };

  const search = () => {
    if (!index) return;
    const query = input.value.trim();
    const words = query.split(/\s+/).filter(Boolean);
    const found = query ? findSections(index, SEARCH_SECTIONS, query) : [];
    list.replaceChildren(...found.slice(0, SHOWN).map((section, position) => {
      const option = document.createElement("a");
      option.id = "site-search-result-" + position;
      option.href = section.href;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.tabIndex = -1;
      option.append(line("title", section.title), line("path", section.path), excerpt(section.text, words));
      return option;
    }));
    input.setAttribute("aria-expanded", found.length > 0);
    state.textContent = !query ? "" : found.length ? `${Math.min(found.length, SHOWN)} of ${found.length} results` : "Nothing found.";
    choose(0);
  };

  document.getElementById("site-search-button").addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const asked = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing
      || event.key === "k" && (event.ctrlKey || event.metaKey);
    if (asked) {
      event.preventDefault();
      open();
    }
  });
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      choose(chosen + steps[event.key]);
    } else if (event.key === "Escape") {
      event.preventDefault(); // Else it empties the field first.
      dialog.close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (list.children[chosen]) list.children[chosen].click();
    }
  });
  list.addEventListener("click", (event) => { if (event.target.closest("a")) dialog.close(); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
})();
