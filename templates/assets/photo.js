// A photo is made smaller before it is sent: it is there sooner, may be of any size and kind that the browser can show, and what the
// camera wrote into it stays here. Where that fails, it goes as it is, or is told to be too large before it is on its way for minutes.
const photo = document.querySelector("input[type=file][data-most]");
const ofPhoto = part => document.getElementById(`${photo.id}-${part}`);
/** The longest side of what is stored. */
const LONGEST = 1600;
/** Ends when the chosen photo is ready; nothing where none is in the making. */
let making;

/** A canvas with something drawn on it, on white: a JPEG knows no transparency. */
function drawn(width, height, draw) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.imageSmoothingQuality = "high";
  pen.fillRect(0, 0, width, height);
  draw(pen);
  return canvas;
}

/** Whether a canvas gives back what was drawn: browsers that hide who somebody is may give noise instead. */
function isFaithful() {
  const colour = [20, 120, 220];
  const canvas = drawn(1, 1, pen => {
    pen.fillStyle = `rgb(${colour})`;
    pen.fillRect(0, 0, 1, 1);
  });
  const found = canvas.getContext("2d").getImageData(0, 0, 1, 1).data;
  return colour.every((value, at) => Math.abs(value - found[at]) < 4);
}

const canShrink = () => "createImageBitmap" in globalThis && "DataTransfer" in globalThis && isFaithful();

/** The picture alone, upright, as a JPEG. Fails where the browser cannot show it. */
async function smaller(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map(length => Math.max(1, Math.round(length * scale)));
  const canvas = drawn(width, height, pen => pen.drawImage(picture, 0, 0, width, height));
  picture.close();
  const made = await new Promise(done => canvas.toBlob(done, "image/jpeg", 0.9));
  if (made?.type !== "image/jpeg") throw new Error("no JPEG");
  return new File([made], "photo.jpg", { type: made.type });
}

async function prepare() {
  const [file] = photo.files;
  ofPhoto("large").textContent = ofPhoto("said").textContent = "";
  if (!file) return;
  if (canShrink()) {
    ofPhoto("said").textContent = ofPhoto("said").dataset.working;
    const made = await smaller(file).catch(() => null);
    // Another may have been chosen meanwhile.
    if (photo.files[0] !== file) return;
    ofPhoto("said").textContent = made ? ofPhoto("said").dataset.done : "";
    if (made) {
      const hand = new DataTransfer();
      hand.items.add(made);
      photo.files = hand.files;
    }
  }
  if (photo.files[0].size > Number(photo.dataset.most)) {
    ofPhoto("large").textContent = ofPhoto("large").dataset.words;
    ofPhoto("said").textContent = photo.value = "";
  }
}

if (canShrink()) {
  ofPhoto("hint").textContent = ofPhoto("hint").dataset.words;
  photo.accept = "image/*";
}
photo.addEventListener("change", () => {
  const mine = prepare().finally(() => {
    if (making === mine) making = undefined;
  });
  making = mine;
});
photo.form.addEventListener("submit", async event => {
  if (!making) return;
  event.preventDefault();
  event.submitter.disabled = true;
  while (making) await making;
  event.submitter.disabled = false;
  if (photo.files.length) photo.form.requestSubmit(event.submitter);
});
