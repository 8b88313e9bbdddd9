import { signIn } from './tuikit-session';

App({
  onLaunch() { signIn(); },
});
