export const liveEn = {
  live: "Live",
  connecting: "Connecting",
  reconnecting: "Reconnecting",
  offline: "Offline",
  signedOut: "Signed out",
  paused: "Paused",
  age: "data {seconds} s old",
  ageMinutes: "data {minutes} min old",
  caughtUp: "caught up {count, plural, one {# change} other {# changes}}",
  completeTo: "complete to {time}",
  pause: "Pause",
  resume: "Resume",
};
