import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Unit tests run against real files and sockets in Node; the package test is slow and has its own project. */
export default defineConfig({
  test: {
    // One for each of the two processors the smallest machine has; the default would leave one idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: "unit",
          environment: "node",
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "faults",
          environment: "node",
          include: ["tests/faults/**/*.test.ts"],
          // A long run is told how long each search may take.
          testTimeout: 120_000 + Number(process.env["SLIPSURE_FUZZ_SECONDS"] ?? 0) * 1000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "soak",
          environment: "node",
          include: ["tests/soak/**/*.test.ts"],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: "drills",
          environment: "node",
          include: ["tests/drills/**/*.test.ts"],
          testTimeout: 240_000,
        },
      },
      {
        test: {
          name: "matrix",
          environment: "node",
          include: ["tests/matrix/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "package",
          environment: "node",
          include: ["tests/package/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
