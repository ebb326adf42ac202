// The same page card by satori and resvg, and by @vercel/og, on one thread: cards a second, KB.
// In a folder with `npm install satori@0.26 @resvg/resvg-js@2 @vercel/og@0.11`: node cards.mjs FONTS (the folder src/Host/Fonts)
import { readFileSync } from "node:fs";
import { join } from "node:path";
import satori from "satori";
import { Resvg } from "@resvg/resvg-js";

const fonts = process.argv[2];
const family = [
  { name: "Inter", data: readFileSync(join(fonts, "InterDisplay-Bold.otf")), weight: 700, style: "normal" },
  { name: "Inter", data: readFileSync(join(fonts, "Inter-Medium.otf")), weight: 500, style: "normal" },
];
const box = (style, children) => ({ type: "div", props: { style: { display: "flex", ...style }, children } });
const dots = Array.from({ length: 40 }, (_, i) => box({ position: "absolute", left: i * 30 + 5, top: 590 + (i % 2) * 15, width: 19, height: 19, borderRadius: 10, background: "#2f8f83" }));
const card = (number) => box({ width: 1200, height: 630, background: "#fbfbf9", fontFamily: "Inter" }, [
  box({ position: "absolute", left: 0, top: 531, width: 1200, height: 99, background: "#dde5e0" }),
  ...dots,
  box({ position: "absolute", left: 184, top: 70, fontSize: 36, fontWeight: 500, color: "#5a656e" }, "example.org"),
  box({ position: "absolute", left: 120, top: 180, width: 960, fontSize: 72, fontWeight: 700, color: "#1b2126" }, `Polite crawling of large websites ${number}`),
  box({ position: "absolute", left: 120, top: 425, fontSize: 34, fontWeight: 500, color: "#5a656e" }, `/articles/${number}`),
]);
const size = { width: 1200, height: 630 };

async function measure(name, draw) {
  for (let i = 0; i < 20; i++) await draw(i);
  const rates = [];
  let bytes = 0;
  for (let round = 0; round < 3; round++) {
    const began = performance.now();
    for (let i = 0; i < 100; i++) bytes = (await draw(i)).byteLength;
    rates.push(100_000 / (performance.now() - began));
  }
  console.log(`${name}: ${rates.sort((a, b) => a - b)[1].toFixed(0)} cards/s (${rates[0].toFixed(0)}-${rates[2].toFixed(0)}), ${(bytes / 1e3).toFixed(0)} KB`);
}

await measure("satori + resvg", async (i) => new Resvg(await satori(card(i), { ...size, fonts: family })).render().asPng());
try {
  const { ImageResponse } = await import("@vercel/og");
  await measure("@vercel/og", (i) => new ImageResponse(card(i), { ...size, fonts: family }).arrayBuffer());
} catch (why) {
  console.log(`@vercel/og does not run here: ${why.message.split("\n")[0]}`);
}
