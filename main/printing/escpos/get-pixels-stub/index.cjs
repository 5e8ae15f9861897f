// escpos asks for get-pixels when it is loaded, and the real one brings a tree of
// abandoned packages with it. Slipsure never loads images through escpos, so this
// answers the only question that could be asked.
module.exports = (_url, typeOrCallback, callback) =>
  (typeof typeOrCallback === "function" ? typeOrCallback : callback)(
    new Error("image loading is disabled"),
  );
