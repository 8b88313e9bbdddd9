import logger from './logger';

export const isArrayOrObject = (input) => typeof input === 'object' && input !== null;

export const warnUnless = (condition, text) => {
  if (!condition) logger.log(text);
};
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") require("@babel/runtime/helpers/typeof") */
