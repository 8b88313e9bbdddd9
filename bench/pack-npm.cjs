// Runs WeChat's own "build npm" (npm: miniprogram-ci) on a project, offline, as DevTools does.
//
//   node pack-npm.cjs PROJECT KEY
//
// KEY is any private key: the library wants one, and uploads nothing here.
// JUDGE_MODULES names the folder whose node_modules has miniprogram-ci.
const path = require('node:path');
const { createRequire } = require('node:module');

const [projectPath, privateKeyPath] = process.argv.slice(2).map((name) => path.resolve(name));
const ci = createRequire(`${process.env.JUDGE_MODULES}/node_modules/`)('miniprogram-ci');
const project = new ci.Project({ appid: 'wx0000000000000000', type: 'miniProgram', projectPath, privateKeyPath, ignores: ['node_modules/**/*'] });
ci.packNpm(project, { reporter() {} }).then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
