// Builds dist/console (the console, and widget.js for customers' sites) and dist/shop (a site that embeds the widget).
import { cp, readFile } from "node:fs/promises";
import { build, transform } from "esbuild";

const web = import.meta.dirname;
const shared = { absWorkingDir: web, bundle: true, minify: true, target: ["es2022"], logLevel: "warning" };
const styleAsText = {
  name: "style as text",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const style = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: style.code, loader: "text" };
    }),
};

await cp(`${web}/console/static`, `${web}/dist/console`, { recursive: true });
await cp(`${web}/widget/shop`, `${web}/dist/shop`, { recursive: true });
await Promise.all([
  build({
    ...shared,
    entryPoints: { console: "console/main.tsx", style: "console/style/style.css" },
    outdir: "dist/console",
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
    sourcemap: "linked",
    loader: { ".woff2": "file" },
    assetNames: "[name]",
  }),
  build({
    ...shared,
    entryPoints: ["widget/widget.ts"],
    outfile: "dist/console/widget.js",
    format: "iife",
    plugins: [styleAsText],
  }),
]);
