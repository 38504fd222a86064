/* The photographs of a product, on the whole screen and as near as their largest file allows.
   Each photograph is a link to its large file, which is what opens where this does not run. What draws and moves them is
   fetched when somebody reaches for one: a first view does without it. */

const load = () => import("./magnifier.js");

for (const gallery of document.querySelectorAll("[data-zoom]")) {
  for (const sign of ["pointerenter", "touchstart", "focusin"]) gallery.addEventListener(sign, load, { once: true, passive: true });
  gallery.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-large]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    load().then(
      ({ magnifier }) => magnifier(gallery).open(link),
      () => location.assign(link.href),
    );
  });
}
