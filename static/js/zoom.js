/* The photographs of a product, one at a time on the whole screen. Escape closes, arrows turn, a press goes nearer.
   Each photograph is a link to its large file, which is what opens where this does not run. */

for (const gallery of document.querySelectorAll("[data-zoom]")) watch(gallery);

function watch(gallery) {
  const links = [...gallery.querySelectorAll("a[data-large]")];
  const pages = [...new Map(links.map((link) => [link.href, link])).keys()];
  let dialog = null;
  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      dialog ??= build(gallery, pages, words(gallery, pages));
      dialog.turn(pages.indexOf(link.href));
      dialog.element.showModal();
    });
  }
}

/* What each photograph shows: the alt of the picture inside its link, else of the big one. */
function words(gallery, pages) {
  return pages.map((href) => {
    const picture = [...gallery.querySelectorAll("a[data-large]")].filter((link) => link.href === href).map((link) => link.querySelector("img"));
    return (picture.find(Boolean) ?? gallery.querySelector("img"))?.alt ?? "";
  });
}

function build(gallery, pages, captions) {
  const element = document.createElement("dialog");
  element.className = "zoom on-dark";
  const frame = document.createElement("div");
  frame.className = "zoom-picture";
  const image = document.createElement("img");
  const caption = document.createElement("p");
  caption.className = "zoom-words";
  caption.setAttribute("aria-live", "polite");
  let at = 0;

  const turn = (to) => {
    at = (to + pages.length) % pages.length;
    element.classList.remove("zoom-near");
    image.src = pages[at];
    image.alt = captions[at];
    caption.textContent = captions[at];
    caption.hidden = !captions[at];
  };

  frame.append(image);
  frame.addEventListener("click", () => element.classList.toggle("zoom-near"));
  element.append(button("close", gallery.dataset.close, () => element.close()), frame, caption);
  if (pages.length > 1) {
    element.append(button("previous", gallery.dataset.previous, () => turn(at - 1)), button("next", gallery.dataset.next, () => turn(at + 1)));
  }
  element.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" && pages.length > 1) turn(at + 1);
    if (event.key === "ArrowLeft" && pages.length > 1) turn(at - 1);
  });
  document.body.append(element);
  return { element, turn };
}

const DRAWINGS = { close: "M6 6l12 12M18 6 6 18", previous: "M15 5l-7 7 7 7", next: "M9 5l7 7-7 7" };

function button(kind, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `zoom-button zoom-${kind}`;
  made.setAttribute("aria-label", label);
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  drawing.setAttribute("class", "i");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  for (const [name, value] of Object.entries({ d: DRAWINGS[kind], fill: "none", stroke: "currentColor", "stroke-width": "1.8" })) {
    path.setAttribute(name, value);
  }
  drawing.append(path);
  made.append(drawing);
  made.addEventListener("click", act);
  return made;
}
