/* One photograph at a time in a dialog, moved by keys, mouse and fingers.
   Keys: arrows turn, or push what is near; + and - or Enter come nearer and go back; 0 shows the whole; Escape closes. */

import { view } from "./view.js";

const made = new WeakMap();

/* The dialog of a gallery, built once. */
export function magnifier(gallery) {
  if (!made.has(gallery)) made.set(gallery, build(gallery));
  return made.get(gallery);
}

function build(gallery) {
  const photos = photosOf(gallery);
  const words = gallery.dataset;
  const dialog = element("dialog", "zoom on-dark");
  const frame = element("div", "zoom-picture");
  const caption = element("p", "zoom-words");
  caption.setAttribute("aria-live", "polite");
  dialog.setAttribute("aria-label", gallery.getAttribute("aria-label"));
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", words.frame);

  let at = 0;
  let opener = null;
  const turn = (to) => {
    at = (to + photos.length) % photos.length;
    const { picture, image } = copyOf(photos[at]);
    frame.replaceChildren(picture);
    seen.show(image, photos[at].width);
    const place = words.place.replace("{at}", at + 1).replace("{all}", photos.length);
    caption.textContent = [photos.length > 1 ? place : "", photos[at].words].filter(Boolean).join(": ");
    caption.lang = photos[at].lang;
    caption.hidden = !caption.textContent;
  };
  const beside = (step) => photos.length > 1 && turn(at + step);
  const seen = view(frame, {
    turned: beside,
    closed: () => dialog.close(),
    changed: (scale, most) => {
      dialog.classList.toggle("zoom-near", scale > 1);
      nearer.disabled = scale >= most;
      farther.disabled = scale <= 1;
    },
  });

  const nearer = button("nearer", words.nearer, () => seen.by(1.6));
  const farther = button("farther", words.farther, () => seen.by(1 / 1.6));
  const close = button("close", words.close, () => dialog.close());
  dialog.append(close, farther, nearer, frame, caption);
  if (photos.length > 1) dialog.append(button("previous", words.previous, () => beside(-1)), button("next", words.next, () => beside(1)));

  dialog.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key(event, seen, { beside, turn, last: photos.length - 1, isFrame: event.target === frame })) event.preventDefault();
  });
  dialog.addEventListener("close", () => {
    document.documentElement.classList.remove("zoom-open");
    opener?.focus();
  });
  document.body.append(dialog);

  const open = (link) => {
    opener = link;
    document.documentElement.classList.add("zoom-open");
    dialog.showModal();
    turn(Math.max(0, photos.findIndex((photo) => photo.href === link.href)));
    frame.focus();
  };
  return { open };
}

const STEP = 90;
const PUSHES = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };

/* What a key does; whether it did anything. */
function key({ key }, seen, { beside, turn, last, isFrame }) {
  if (seen.isNear() && PUSHES[key]) return seen.push(...PUSHES[key]), true;
  if (key === "ArrowRight") return beside(1), true;
  if (key === "ArrowLeft") return beside(-1), true;
  if (key === "+" || key === "=") return seen.by(1.6), true;
  if (key === "-" || key === "_") return seen.by(1 / 1.6), true;
  if (key === "0") return seen.whole(), true;
  if ((key === "Enter" || key === " ") && isFrame) return seen.toggle(), true;
  if (key === "Home" && last) return turn(0), true;
  if (key === "End" && last) return turn(last), true;
  return false;
}

/* Every photograph once: its link, the picture that shows it, and its words. */
function photosOf(gallery) {
  const found = new Map();
  for (const link of gallery.querySelectorAll("a[data-large]")) {
    const picture = link.querySelector("picture") ?? link.parentElement.querySelector("picture");
    const image = picture.querySelector("img");
    found.set(link.href, { href: link.href, picture, width: Number(link.dataset.large), words: image.alt, lang: image.lang || document.documentElement.lang });
  }
  return [...found.values()];
}

/* The same picture in the same formats, to be shown as large as one likes. */
function copyOf(photo) {
  const picture = photo.picture.cloneNode(true);
  const image = picture.querySelector("img");
  image.removeAttribute("loading");
  image.draggable = false;
  return { picture, image };
}

function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

const DRAWINGS = {
  close: "M6 6l12 12M18 6 6 18",
  previous: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  nearer: "M12 5v14M5 12h14",
  farther: "M5 12h14",
};

function button(kind, label, act) {
  const made = element("button", `zoom-button zoom-${kind}`);
  made.type = "button";
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
