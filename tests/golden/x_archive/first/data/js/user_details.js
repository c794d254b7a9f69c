var user_details =  {
  "screen_name" : "tono_rides",
  "location" : "Malang",
  "full_name" : "Tono",
  "bio" : "Bicycles. http:\/\/tono.example\/rides",
  "id" : "91",
  "created_at" : "2009-01-02 03:04:05 +0000"
}