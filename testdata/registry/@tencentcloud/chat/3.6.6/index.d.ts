export interface ChatSDK {
  on(event: string, handler: (event: any) => void, context?: any): void;
  login(account: { userID: string; userSig: string }): Promise<any>;
}
declare const TencentCloudChat: { create(options: { SDKAppID: number }): ChatSDK; EVENT: any; TYPES: any; VERSION: string };
export default TencentCloudChat;
