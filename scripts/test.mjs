/**
 * Everything that must hold, in one command: format and lint, types, unit and parity tests, the build, and the browser
 * tests on it. Goes through all stages, ends with one line "N passed, N failed", and fails if anything did.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { needChromium } from "./chromium.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const reports = mkdtempSync(join(tmpdir(), "sightline-test-"));
const total = { passed: 0, failed: 0 };

/** Runs a tool of node_modules/.bin. Returns whether it succeeded. */
function run(tool, args, env = {}) {
  const { status } = spawnSync(join(root, "node_modules/.bin", tool), args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
    shell: process.platform === "win32",
  });
  return status === 0;
}

/** Runs a stage that either succeeds or counts as one failure. */
function stage(name, work) {
  console.log(`\n— ${name} —`);
  const succeeded = work();
  if (!succeeded) total.failed += 1;
  return succeeded;
}

/** Runs a vitest project and counts its tests. A run that fails without a failed test, or has no test, is a failure. */
function tests(name, project, env) {
  console.log(`\n— ${name} —`);
  const report = join(reports, `${project}.json`);
  const args = [
    "run",
    "--project",
    project,
    "--reporter=dot",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const succeeded = run("vitest", args, env);
  const counted = countOf(report);
  total.passed += counted.passed;
  total.failed += counted.failed;
  if (counted.failed === 0 && (!succeeded || counted.passed === 0)) total.failed += 1;
}

function countOf(report) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

/** The Chromium of the browser tests, or null, said plainly, where none can be had. */
function browser() {
  try {
    return needChromium();
  } catch (error) {
    console.error(error.message);
    return null;
  }
}

stage("format and lint", () => run("biome", ["check", "."]));
stage("types", () => run("tsc", ["-b"]));
tests("unit and parity tests", "unit");
if (stage("build", () => run("vite", ["build", "--logLevel", "warn"]))) {
  let chromium = null;
  if (
    stage("a browser", () => {
      chromium = browser();
      return chromium !== null;
    })
  ) {
    console.log(chromium);
    tests("browser tests", "browser", { CHROMIUM: chromium });
  }
}

rmSync(reports, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
