window.YTD.following.part0 = [
  {
    "following" : {
      "accountId" : "302",
      "userLink" : "https://twitter.com/intent/user?user_id=302"
    }
  },
  {
    "following" : {}
  }
]
