#!/bin/sh
# Run by the nginx image before the server: twice a day it reads its certificate again.
(while sleep 43200; do nginx -s reload; done) &
