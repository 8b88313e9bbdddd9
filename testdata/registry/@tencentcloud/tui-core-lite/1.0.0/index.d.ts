export const TUIConstants: any;
export const TUICore: any;
export const TUILogin: any;
export default TUICore;
