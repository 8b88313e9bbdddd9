export default class TIMUploadPlugin {
  static getVersion(): string;
}
