export const TUIChatEngine: any;
export const TUIStore: any;
export default TUIChatEngine;
