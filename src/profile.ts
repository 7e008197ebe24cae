// `myelin/profile`: what a page loads to look inside, and what Node loads where MYELIN_PROFILE is set.
export { profile, profileText } from './tensor/profile.js';
