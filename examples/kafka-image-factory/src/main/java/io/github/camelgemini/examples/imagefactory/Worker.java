package io.github.camelgemini.examples.imagefactory;

import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.service.ServiceHelper;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A worker: the routes, and {@code application.properties}. Start any number, each with a unique name. */
public final class Worker {

    private Worker() {}

    /** Runs until the process is told to end. */
    public static void main(String[] args) throws Exception {
        Main camel = new Main();
        camel.configure().addRoutesBuilder(PictureRoutes.class);
        camel.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeStart(BaseMainSupport main) {
                AWS2S3Endpoint endpoint = findBucket(main);
                main.getCamelContext()
                        .getRegistry()
                        .bind(
                                "results",
                                new S3ResultRepository(
                                        endpoint.getS3Client(),
                                        endpoint.getConfiguration().getBucketName()));
            }
        });
        try {
            camel.run();
        } catch (Exception e) {
            Throwable cause = e;
            while (!(cause instanceof IllegalStateException) && cause.getCause() != null) {
                cause = cause.getCause();
            }
            System.err.println("The worker cannot start: " + cause.getMessage());
            System.exit(1);
        }
        System.exit(camel.getExitCode());
    }

    // tag::bucket[]
    /** Without its bucket, a worker would pay for pictures that it cannot store. So it does not start. */
    private static AWS2S3Endpoint findBucket(BaseMainSupport main) {
        AWS2S3Endpoint endpoint = main.getCamelContext().getEndpoint("aws2-s3:{{bucket}}", AWS2S3Endpoint.class);
        ServiceHelper.startService(endpoint);
        String bucket = endpoint.getConfiguration().getBucketName();
        try {
            endpoint.getS3Client().headBucket(head -> head.bucket(bucket));
        } catch (S3Exception e) {
            throw new IllegalStateException(
                    "There is no bucket '" + bucket + "', or these credentials may not see it (HTTP " + e.statusCode()
                            + "). Set its name with the property 'bucket'.",
                    e);
        } catch (SdkClientException e) {
            throw new IllegalStateException(
                    "S3 cannot be reached to check the bucket '" + bucket + "': " + e.getMessage(), e);
        }
        return endpoint;
    }
    // end::bucket[]
}
