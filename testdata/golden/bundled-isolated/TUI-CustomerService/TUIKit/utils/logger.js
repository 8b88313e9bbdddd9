import console from './console';
import { isArrayOrObject } from './common-utils';

const logger = {
  log(...parts) {
    console.log(...parts.map((part) => (isArrayOrObject(part) ? JSON.stringify(part) : part)));
  },
};

export default logger;
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") require("@babel/runtime/helpers/objectSpread2") require("@babel/runtime/helpers/toConsumableArray") */
