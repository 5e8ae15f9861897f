import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Builds the page both shells show. Relative addresses: it is served from app:// and http:// alike. */
export default defineConfig({
  root: "renderer",
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../dist/renderer",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    sourcemap: false,
    // What is bundled is told to whoever lists the licences; not packed.
    license: { fileName: ".vite/license.json" },
  },
});
