package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.error.InvalidRequestException;
import java.util.List;

/**
 * {@code service=google}: the Developer API, Vertex AI, and gateways and emulators with the same API, called with
 * Google's SDK. The options decide which of the two APIs is called.
 */
public final class GoogleService implements ImageService {

    @Override
    public List<ServiceTraits> traits() {
        return List.of(GoogleTraits.DEVELOPER, GoogleTraits.VERTEX);
    }

    @Override
    public String url(ServiceOptions options) {
        if (options.emulator() != null) {
            return options.emulator();
        }
        try {
            return GoogleOptions.of(options).url();
        } catch (InvalidRequestException e) {
            // Reported when it is opened.
            return null;
        }
    }

    @Override
    public List<String> credentials(ServiceOptions options) {
        return GoogleOptions.of(options).credentials();
    }

    @Override
    public ImageBackend open(ServiceOptions options, ServiceMeans means) throws Exception {
        GoogleOptions google = GoogleOptions.of(options);
        if (google.usesClient() && google.referenceUpload() == ReferenceUpload.FILES) {
            throw new InvalidRequestException(
                    "option referenceUpload 'FILES' cannot be used with the option client, because the upload of"
                            + " the SDK fails for some sizes; use apiKey and baseUrl instead of client");
        }
        return google.usesClient() && options.emulator() == null
                ? GoogleBackend.using(google.client(), means)
                : GoogleBackend.connect(new ConnectionReader(means.camelContext()).read(google), means);
    }
}
