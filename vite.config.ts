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
    // The customers' screen is a page of its own, with nothing of the till in it.
    rolldownOptions: { input: ["renderer/index.html", "renderer/customer.html"] },
    // What is bundled is told to whoever lists the licences; not packed.
    license: { fileName: ".vite/license.json" },
  },
});
