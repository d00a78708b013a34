// The quotation by docxtemplater or Carbone: node_quote.js MODULES PEER DATA.json OUT [COUNT], as the Python peers do.
"use strict";

const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const [modules, peer, source, out, count] = process.argv.slice(2);
const load = createRequire(path.join(modules, "package.json"));
const template = path.join(path.dirname(out), `${peer}-template.docx`);

// Neither peer reads lists inside lists, so rows become objects c0, c1, …
const row = (cells) => Object.fromEntries(cells.map((cell, at) => [`c${at}`, cell]));
const rows = (table) => (table ? table.map(row) : []);

function shaped(data) {
  const flat = { ...data, figures: rows(data.figures), totals: rows(data.totals), sides: rows(data.sides) };
  flat.parties = data.parties.map(([name, facts]) => ({ name, facts: rows(facts) }));
  for (const name of ["lines", "options", "payments"]) {
    flat[`${name}_head`] = data[name] ? row(data[name].head) : {};
    flat[`${name}_rows`] = rows(data[name] && data[name].rows);
  }
  for (const name of ["words", "terms"]) flat[name] = data[name].map((text) => ({ text }));
  return flat;
}

function docxtemplater(data) {
  const Docxtemplater = load("docxtemplater");
  const PizZip = load("pizzip");
  const paper = new Docxtemplater(new PizZip(fs.readFileSync(template)), { paragraphLoop: true, linebreaks: true });
  paper.render(data);
  return paper.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
}

function carbone(data) {
  return new Promise((done, failed) =>
    load("carbone").render(template, data, (error, result) => (error ? failed(error) : done(result))),
  );
}

async function main() {
  const data = shaped(JSON.parse(fs.readFileSync(source, "utf-8")));
  const render = async () => fs.writeFileSync(out, await { docxtemplater, carbone }[peer](data));
  await render();
  const times = [];
  for (let turn = 0; turn < Number(count || 0); turn += 1) {
    const [wall, cpu] = [process.hrtime.bigint(), process.cpuUsage()];
    await render();
    const used = process.cpuUsage(cpu);
    times.push([Number(process.hrtime.bigint() - wall) / 1e9, (used.user + used.system) / 1e6]);
  }
  if (count) console.log(JSON.stringify(times));
  process.exit(0);
}

main();
