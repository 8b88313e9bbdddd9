#!/usr/bin/env node
// Makes the npm packages of a release from what goreleaser has built: one for each
// platform, with the binary alone, and tuikit-cli, which runs it.
//
//   node npm/assemble.js DIST OUT
//
// DIST is goreleaser's folder: version from metadata.json, binaries from artifacts.json,
// with paths relative to the folder that DIST lies in. OUT is made anew.
'use strict';

const fs = require('fs');
const path = require('path');

const [dist, out] = process.argv.slice(2);
if (!out) {
  console.error('usage: node npm/assemble.js DIST OUT');
  process.exit(2);
}

const read = (...names) => JSON.parse(fs.readFileSync(path.join(...names), 'utf8'));
const write = (folder, manifest) =>
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest, null, 2) + '\n');

const own = read(__dirname, 'package.json');
const { version } = read(dist, 'metadata.json');
const binaries = read(dist, 'artifacts.json').filter((artifact) => artifact.type === 'Binary');

// What Go calls a platform, by what Node calls it.
const goNames = { win32: 'windows', x64: 'amd64' };
const goName = (name) => goNames[name] || name;

function binaryOf(os, cpu) {
  const found = binaries.filter((artifact) => artifact.goos === goName(os) && artifact.goarch === goName(cpu));
  if (found.length !== 1) {
    throw new Error(`${found.length} binaries for ${os}-${cpu} in ${dist}, want 1`);
  }
  return path.resolve(dist, '..', found[0].path);
}

function makePlatform(name) {
  const [os, cpu] = name.split('/')[1].split('-');
  const folder = path.join(out, name);
  const file = os === 'win32' ? 'tuikit-cli.exe' : 'tuikit-cli';
  fs.mkdirSync(folder, { recursive: true });
  fs.copyFileSync(binaryOf(os, cpu), path.join(folder, file));
  fs.chmodSync(path.join(folder, file), 0o755); // copies between machines lose it, and npm keeps what is packed
  write(folder, {
    name,
    version,
    description: `The program of tuikit-cli for ${os} on ${cpu}`,
    homepage: own.homepage,
    repository: own.repository,
    license: own.license,
    preferUnplugged: true, // nothing can be run from inside the archives of Yarn's PnP
    files: [file],
    os: [os],
    cpu: [cpu],
  });
  return [name, version];
}

function makeMain() {
  const folder = path.join(out, own.name);
  const optionalDependencies = Object.fromEntries(Object.keys(own.optionalDependencies).map(makePlatform));
  fs.mkdirSync(folder);
  for (const file of ['README.md', ...own.files]) {
    fs.copyFileSync(path.join(__dirname, file), path.join(folder, file));
  }
  fs.copyFileSync(path.join(__dirname, '..', 'LICENSE'), path.join(folder, 'LICENSE'));
  write(folder, { ...own, version, optionalDependencies });
}

fs.rmSync(out, { recursive: true, force: true });
makeMain();
