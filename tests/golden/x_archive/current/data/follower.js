window.YTD.follower.part0 = [
  {
    "follower" : {
      "accountId" : "301",
      "userLink" : "https://twitter.com/intent/user?user_id=301"
    }
  }
];
