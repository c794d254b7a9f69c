window.YTD.profile.part0 = [
  {
    "profile" : {
      "description" : {
        "bio" : "Bees on a roof. Notes at https://notes.bees.example/about, mail on request.",
        "website" : "https://t.co/abc123",
        "location" : "Bandung"
      },
      "avatarMediaUrl" : "https://pics.example/a.png"
    }
  }
]
