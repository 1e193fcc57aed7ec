throw new Error('The server is not written yet.')
