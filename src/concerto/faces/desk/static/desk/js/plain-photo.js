// A photo drawn anew: of what its camera wrote beside the picture (where, when, which phone) nothing is left.

const LONGEST = 2400; // points: a page of A4 is read well at that
const QUALITY = 0.85;

/**
 * @param {Blob} photo
 * @returns {Promise<Blob>} a JPEG of the picture alone, the right way up
 */
export async function plainPhoto(photo) {
  const picture = await createImageBitmap(photo, { imageOrientation: "from-image" });
  const shrink = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * shrink));
  canvas.height = Math.max(1, Math.round(picture.height * shrink));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.fillStyle = "#fff"; // under what is clear in a PNG
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done, fail) => {
    canvas.toBlob((drawn) => (drawn ? done(drawn) : fail(new Error("not drawn"))), "image/jpeg", QUALITY);
  });
}
