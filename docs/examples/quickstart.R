# How many people were trained in each county: a whole table, with nothing but R.
#
#     export POVTRACK_URL=https://povtrack.example POVTRACK_TOKEN=...
#     Rscript quickstart.R 2010

year <- commandArgs(trailingOnly = TRUE)[1]
address <- paste0(
  Sys.getenv("POVTRACK_URL"), "/api/v1/rollups/dew/?year=", year,
  "&level=3&fields=area_code,area_name,totals.trained&ordering=area_code&format=csv"
)
token <- c(Authorization = paste("Token", Sys.getenv("POVTRACK_TOKEN")))

# Codes are text: as numbers they would lose their zeros. A county that reported nothing is NA, and not 0.
dew <- read.csv(
  url(address, headers = token), encoding = "UTF-8",
  colClasses = c(area_code = "character"), na.strings = ""
)

dew$totals.trained[is.na(dew$totals.trained)] <- ""
writeLines(paste(dew$area_code, dew$area_name, dew$totals.trained, sep = ","), useBytes = TRUE)
