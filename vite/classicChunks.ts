import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/**
 * Turns CommonJS chunks into classic scripts: each calls `sightlineChunk` with its name, the chunks that it needs and its
 * code, and the loader in front of the entry fetches and joins them. Classic scripts run where modules may not: in a
 * sandboxed frame without an origin, and from a disk.
 */
export function classicChunks(): Plugin {
  return {
    name: "sightline:classic-chunks",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        const code = chunk.code.replace(
          /Promise\.resolve\(\)\.then\(\(\)\s*=>\s*(?:\w+\()?require\((["'`])\.\/([^"'`]+)\1\)\)?\)/g,
          (_, _quote, name) => `require.later(${JSON.stringify(name)})`,
        );
        if (/\brequire\((["'`])(?!\.\/)/.test(code))
          this.error(`${chunk.fileName} needs what is not bundled`);
        const name = baseName(chunk.fileName);
        const needs = chunk.imports.map(baseName);
        chunk.code = `${chunk.isEntry ? LOADER : ""}sightlineChunk(${JSON.stringify(name)},${JSON.stringify(needs)},function(require,exports,module){${code}\n});\n${chunk.isEntry ? `sightlineStart(${JSON.stringify(name)});\n` : ""}`;
      }
    },
  };
}

/** Every chunk of a folder in one script, the entry first: what a page needs that works alone. */
export function allChunks(folder: string): string {
  const names = readdirSync(folder).filter((name) => name.endsWith(".js") && name !== ENTRY && name !== ALL);
  const [entry = "", start = ""] = readFileSync(join(folder, ENTRY), "utf8").split(START);
  return [entry, ...names.map((name) => readFileSync(join(folder, name), "utf8")), START + start].join("");
}

/** The first chunk, and all in one. */
export const ENTRY = "embed.js";
export const ALL = "all.js";

const START = "sightlineStart(";

function baseName(path: string): string {
  return path.split("/").at(-1) ?? path;
}

/** Beside the entry lie the other chunks: they are fetched from where it came. Each is fetched and run once. */
const LOADER = `(function(){
var base=document.currentScript.src.replace(/[^/]*$/,""),defined={},loading={},made={};
self.sightlineChunk=function(name,needs,run){defined[name]={needs:needs,run:run}};
function fetched(name){
  if(defined[name])return Promise.resolve();
  return loading[name]||(loading[name]=new Promise(function(done,fail){
    var script=document.createElement("script");
    script.src=base+name;script.onload=function(){done()};
    script.onerror=function(){delete loading[name];script.remove();fail(new Error(name+" could not be loaded"))};
    document.head.append(script)}));
}
function ready(name){return fetched(name).then(function(){return Promise.all(defined[name].needs.map(ready))})}
function need(path){
  var name=path.replace(/^.*\\//,"");
  if(!made[name]){var module=made[name]={exports:{}};defined[name].run(need,module.exports,module)}
  return made[name].exports;
}
need.later=function(name){return ready(name).then(function(){return need(name)})};
self.sightlineStart=function(name){need.later(name)};
})();
`;
