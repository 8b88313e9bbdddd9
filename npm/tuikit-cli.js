#!/usr/bin/env node
// Runs the program, which is in the npm package of this machine's platform. npm has
// installed that one alone, by its fields os and cpu.
'use strict';

const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const { optionalDependencies, version } = require('./package.json');

const FAILED = 3; // as the program itself has it: failed, nothing changed

const platform = `${process.platform}-${process.arch}`;
const name = `@tuikit-cli/${platform}`;

// Both languages, as no flag and no variable has been read yet.
function fail(english, chinese) {
  console.error(`tuikit-cli: ${english}\n\ntuikit-cli：${chinese}`);
  process.exit(FAILED);
}

function binary() {
  const own = process.env.TUIKIT_CLI_BINARY;
  if (own) {
    if (!fs.existsSync(own)) {
      fail(`TUIKIT_CLI_BINARY names ${own}, which is not there.`, `TUIKIT_CLI_BINARY 指向的 ${own} 不存在。`);
    }
    return own;
  }
  if (!(name in optionalDependencies)) {
    const known = Object.keys(optionalDependencies).map((one) => one.split('/')[1]).join(', ');
    fail(
      `there is no binary for ${platform} (there are: ${known}).\nWith Go, build one: go install github.com/tuikit-cli/tuikit-cli/cmd/tuikit-cli@v${version}`,
      `没有适用于 ${platform} 的可执行文件（现有：${known}）。\n可以用 Go 自行构建：go install github.com/tuikit-cli/tuikit-cli/cmd/tuikit-cli@v${version}`
    );
  }
  try {
    return require.resolve(`${name}/tuikit-cli${process.platform === 'win32' ? '.exe' : ''}`);
  } catch (_) {
    return fail(
      `the npm package ${name}, which has the program for this platform, is not installed.
This happens with --omit=optional or --no-optional, with a node_modules from another platform, and
with a package-lock.json from one, by a fault of npm (npm/cli#4828). Either of these helps:
  rm -rf node_modules package-lock.json && npm install --include=optional
  npm install --save-dev ${name}@${version}
TUIKIT_CLI_BINARY may name a program of your own.`,
      `没有安装 npm 包 ${name}，其中有适用于本平台的程序。
使用了 --omit=optional 或 --no-optional、node_modules 来自其他平台，或者 package-lock.json 在其他平台生成
（npm 的缺陷 npm/cli#4828）时会这样。以下任一方法可以解决：
  rm -rf node_modules package-lock.json && npm install --include=optional
  npm install --save-dev ${name}@${version}
也可以用 TUIKIT_CLI_BINARY 指定自己的程序。`
    );
  }
}

const file = binary();
const child = spawn(file, process.argv.slice(2), { stdio: 'inherit' });

// The program decides what a signal means. On Windows a console tells all its processes
// of Ctrl-C, and kill would end the program without a word, so there nothing is passed on.
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
for (const signal of signals) {
  process.on(signal, () => {
    if (process.platform !== 'win32') {
      child.kill(signal);
    }
  });
}

child.on('error', (error) => {
  fail(`${file} cannot be run: ${error.message}`, `无法运行 ${file}：${error.message}`);
});

child.on('exit', (code, signal) => {
  process.exit(signal ? 128 + os.constants.signals[signal] : code);
});
