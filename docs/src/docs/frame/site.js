"use strict";
// The switch of colours, the menu on a phone, copy buttons, and the section that is being read.
(() => {
  const root = document.documentElement;

  const theme = document.getElementById("site-theme-button");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const tell = () => theme.setAttribute("aria-pressed", isDark());
  theme.addEventListener("click", () => {
    const wanted = isDark() ? "light" : "dark";
    // What the system wants anyway is not remembered, so that the page follows it again.
    const asSystem = (wanted === "dark") === system.matches;
    if (asSystem) delete root.dataset.theme;
    else root.dataset.theme = wanted;
    try {
      if (asSystem) localStorage.removeItem("theme");
      else localStorage.theme = wanted;
    } catch (refused) { /* Then it holds for this page. */ }
    tell();
  });
  system.addEventListener("change", tell);
  tell();

  const menu = document.getElementById("site-menu");
  const menuButton = document.getElementById("site-menu-button");
  const openMenu = (open) => {
    menuButton.setAttribute("aria-expanded", open);
    menu.classList.toggle("open", open);
  };
  menuButton.addEventListener("click", () => openMenu(!menu.classList.contains("open")));
  menu.addEventListener("click", (event) => { if (event.target.closest("a")) openMenu(false); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.classList.contains("open")) {
      openMenu(false);
      menuButton.focus();
    }
  });
  const current = menu.querySelector("[aria-current]");
  if (current) menu.scrollTop = current.offsetTop - menu.clientHeight / 2;

  for (const scroll of document.querySelectorAll(".scroll, pre"))
    if (scroll.scrollWidth > scroll.clientWidth) scroll.tabIndex = 0;

  if (navigator.clipboard)
    for (const code of document.querySelectorAll(".listingblock pre > code")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = "Copy"; }, 1500);
      });
      code.closest(".content").append(button);
    }

  const links = new Map([...document.querySelectorAll("#site-contents a")]
    .map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const mark = () => {
    const read = headings.filter((heading) => heading.getBoundingClientRect().top < 120).pop();
    for (const [id, link] of links) link.toggleAttribute("data-read", Boolean(read) && id === read.id);
  };
  addEventListener("scroll", mark, { passive: true });
  mark();
})();
