/* A photograph made small on the phone: at most 1600 pixels, JPEG, turned as it was held. 3 to 8 MB become about 300 KB.
   Where the phone cannot, the photograph goes as it is, and the site makes it small. */

const studio = (globalThis.studio ??= {});

const LONGEST = 1600;
const QUALITY = 0.82;

studio.shrink = async (file) => {
  try {
    const picture = await decoded(file);
    const small = await drawn(picture);
    picture.close?.();
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
};

/* The picture as it was held: both ways follow the turn that the camera noted. */
async function decoded(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return await byElement(file);
  }
}

async function byElement(file) {
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function drawn(picture) {
  const [width, height] = [picture.naturalWidth ?? picture.width, picture.naturalHeight ?? picture.height];
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pencil = canvas.getContext("2d", { alpha: false });
  pencil.fillStyle = "#fff";
  pencil.fillRect(0, 0, canvas.width, canvas.height);
  pencil.imageSmoothingQuality = "high";
  pencil.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}
