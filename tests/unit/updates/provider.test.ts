import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer, request, type ClientRequest, type RequestOptions } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import {
  configureRequestOptions,
  configureRequestUrl,
  HttpExecutor,
  type DownloadOptions,
} from "builder-util-runtime";
import type { AppImageUpdater } from "electron-updater";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { electronUpdates, type UpdaterPart } from "../../../main/shells/electron/updates.ts";
import { UpdateFailure } from "../../../main/updates/source.ts";
import { tempDir } from "../support/temp-dir.ts";

const INSTALLER = Buffer.from("the new Slipsure");

let Updater: typeof AppImageUpdater;
beforeAll(async () => {
  // electron-updater asks for Electron when it is loaded; with this, a path is all it gets.
  process.env["ELECTRON_OVERRIDE_DIST_PATH"] = tempDir(() => {});
  ({ AppImageUpdater: Updater } = (await import("electron-updater")).default);
});

/** electron-updater's requests through Node, where Electron's network is not there. */
class NodeExecutor extends HttpExecutor<ClientRequest> {
  override createRequest(
    options: RequestOptions,
    answered: (response: unknown) => void,
  ): ClientRequest {
    return request(options, answered);
  }

  /** As electron-updater's own does it, `ElectronHttpExecutor.download`. */
  download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const asked: RequestOptions = {};
      configureRequestUrl(url, asked);
      configureRequestOptions(asked);
      const callback = (error: Error | null) => (error ? reject(error) : resolve(destination));
      this.doDownload(
        asked,
        { destination, options, onCancel, callback, responseHandler: null },
        0,
      );
    });
  }
}

/** A folder behind HTTP on this computer, as any web server shows it. */
async function serve(files: Record<string, string | Buffer>) {
  const asked: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    const name = url.slice(1).replace(/\?.*$/, "");
    asked.push(name);
    const body = files[name];
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => new Promise((resolve) => server.close(resolve));
  onTestFinished(async () => void (await close()));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close };
}

function channelFile(change: { sha512?: string; more?: string } = {}): string {
  const sha512 = change.sha512 ?? createHash("sha512").update(INSTALLER).digest("base64");
  return `version: 2.0.0
files:
  - url: Slipsure-2.0.0.AppImage
    sha512: ${sha512}
    size: ${INSTALLER.length}
releaseDate: '2026-11-20T08:00:00.000Z'
releaseNotes: |
  - Faster
${change.more ?? ""}`;
}

/** The real updater as an installed till would run it, here under Node. */
async function installed(
  files: Record<string, string | Buffer>,
  version = "1.0.0",
  platform: "linux" | "win32" = "linux",
) {
  const dir = tempDir();
  const server = await serve(files);
  const resources = join(dir, "resources");
  mkdirSync(resources);
  const done: string[] = [];
  const config = join(resources, "app-update.yml");
  writeFileSync(config, `provider: generic\nurl: ${server.url}\nupdaterCacheDirName: slipsure\n`);
  const appImage = join(dir, "Slipsure-1.0.0.AppImage");
  writeFileSync(appImage, "the old Slipsure");
  process.env["APPIMAGE"] = appImage;
  onTestFinished(() => void delete process.env["APPIMAGE"]);
  mkdirSync(join(dir, "cache"));
  const updater = new Updater(null, {
    version,
    name: "slipsure",
    isPackaged: true,
    appUpdateConfigPath: config,
    userDataPath: dir,
    baseCachePath: join(dir, "cache"),
    whenReady: () => Promise.resolve(),
    relaunch: () => {},
    quit: () => {},
    onQuit: () => {},
  });
  Object.assign(updater, { httpExecutor: new NodeExecutor() });
  const part: UpdaterPart = updater;
  const source = electronUpdates({
    loadUpdater: () => Promise.resolve(part),
    resourcesPath: resources,
    closeTill: async () => void done.push("closed"),
    startAgain: () => void done.push("started again"),
    end: () => void done.push("ended"),
    platform,
  });
  if (source === null) throw new Error("no app-update.yml");
  return { source, server, dir: resources, done, appImage };
}

const problem = (name: string): unknown =>
  expect.objectContaining({ name: "UpdateFailure", problem: name });

it("fetches what the channel file of a plain web server promises, whole and checked", async () => {
  const { source } = await installed({
    "latest-linux.yml": channelFile(),
    "Slipsure-2.0.0.AppImage": INSTALLER,
  });
  const offer = await source.check(() => true);
  expect(offer).toEqual({
    version: "2.0.0",
    notes: "- Faster\n",
    releaseDate: "2026-11-20T08:00:00.000Z",
  });
  const file = await source.download(() => {});
  expect(readFileSync(file)).toEqual(INSTALLER);
  expect(source.currentInstaller()).toMatch(/Slipsure-1\.0\.0\.AppImage$/);
});

it("refuses an installer that is not the promised one, by a single bit or by its length", async () => {
  const changed = Buffer.from(INSTALLER);
  changed[3] = (changed[3] ?? 0) ^ 1;
  for (const served of [changed, INSTALLER.subarray(1)]) {
    const { source } = await installed({
      "latest-linux.yml": channelFile(),
      "Slipsure-2.0.0.AppImage": served,
    });
    await source.check(() => true);
    await expect(source.download(() => {})).rejects.toEqual(problem("damaged"));
  }
});

it("goes forward only, and only as far as the rollout has come", async () => {
  const files = { "latest-linux.yml": channelFile({ more: "stagingPercentage: 10\n" }) };
  const { source } = await installed(files);
  const asked: unknown[] = [];
  const answer = await source.check(({ version, stagingPercentage }) => {
    asked.push({ version, stagingPercentage });
    return false;
  });
  expect(answer).toBeNull();
  expect(asked).toEqual([{ version: "2.0.0", stagingPercentage: 10 }]);
  const newer = await installed(files, "2.0.1");
  expect(await newer.source.check(() => true)).toBeNull();
});

it("tells a network that is away from a server that talks nonsense", async () => {
  const nonsense = await installed({ "latest-linux.yml": "version: not-a-version\nfiles: []\n" });
  await expect(nonsense.source.check(() => true)).rejects.toEqual(problem("badAnswer"));
  const none = await installed({});
  await expect(none.source.check(() => true)).rejects.toBeInstanceOf(UpdateFailure);
  const gone = await installed({ "latest-linux.yml": channelFile() });
  await gone.server.close();
  await expect(gone.source.check(() => true)).rejects.toEqual(problem("offline"));
});

/** A till that runs from an AppImage and has fetched the next one. */
async function fetched() {
  const here = await installed({
    "latest-linux.yml": channelFile(),
    "Slipsure-2.0.0.AppImage": INSTALLER,
  });
  await here.source.check(() => true);
  return { ...here, file: await here.source.download(() => {}) };
}

it("puts the new AppImage in the place of the old one, by the name that menus know, and starts it as before", async () => {
  const { source, done, appImage } = await fetched();
  await source.install();
  expect(readFileSync(appImage)).toEqual(INSTALLER);
  expect(statSync(appImage).mode & 0o111).toBe(0o111);
  expect(readdirSync(join(appImage, "..")).filter((name) => /AppImage/.test(name))).toEqual([
    "Slipsure-1.0.0.AppImage",
  ]);
  expect(done).toEqual(["closed", "started again"]);
});

it("leaves the old AppImage, and the till open, when the new one finds no place", async () => {
  const { source, done, appImage } = await fetched();
  // A name that is taken can't be written to, as on a disk that is full.
  mkdirSync(`${appImage}.part`);
  await expect(source.install()).rejects.toBeInstanceOf(UpdateFailure);
  expect(readFileSync(appImage, "utf8")).toBe("the old Slipsure");
  expect(done).toEqual([]);
});

const CAN_SCRIPT = process.platform !== "win32";

/** Windows' question to the administrator, as `elevate.exe` answers it: 0 for yes. */
async function asked(answer: 0 | 1 | null) {
  const files = { "latest-linux.yml": channelFile(), "Slipsure-2.0.0.AppImage": INSTALLER };
  const { source, dir, done } = await installed(files, "1.0.0", "win32");
  const written = join(dir, "argv");
  if (answer !== null) {
    const elevate = join(dir, "elevate.exe");
    writeFileSync(elevate, `#!/bin/sh\nprintf '%s\\n' "$@" > '${written}'\nexit ${answer}\n`);
    chmodSync(elevate, 0o755);
  }
  await source.check(() => true);
  const file = await source.download(() => {});
  await source.install();
  const argv = existsSync(written) ? readFileSync(written, "utf8").trim().split("\n") : null;
  return { argv, file, done };
}

it.skipIf(!CAN_SCRIPT)(
  "ends once the administrator said yes to the installer, and not before",
  async () => {
    const { argv, file, done } = await asked(0);
    expect(argv).toEqual([file, "--updated", "/S", "--force-run"]);
    expect(done).toEqual(["closed", "ended"]);
  },
);

it.skipIf(!CAN_SCRIPT)(
  "opens the till again when the administrator said no, or was never asked",
  async () => {
    expect((await asked(1)).done).toEqual(["closed", "started again"]);
    expect((await asked(null)).done).toEqual(["closed", "started again"]);
  },
);

it("finds on Windows the installer that the installer left beside the program", async () => {
  const { source, dir } = await installed({}, "1.0.0", "win32");
  expect(source.currentInstaller()).toBeNull();
  const folder = join(dir, "..", "installer");
  mkdirSync(folder);
  writeFileSync(join(folder, "Slipsure-1.0.0-setup.exe"), INSTALLER);
  expect(source.currentInstaller()).toBe(join(folder, "Slipsure-1.0.0-setup.exe"));
});
