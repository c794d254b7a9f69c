window.YTD.direct_messages.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "77-301",
      "messages" : [
        {
          "messageCreate" : {
            "text" : "This must be found nowhere",
            "senderId" : "77"
          }
        }
      ]
    }
  }
]
