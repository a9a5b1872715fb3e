package org.example;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

@Component
public class Pictures extends RouteBuilder {

    @Override
    public void configure() {
        from("file:prompts?moveFailed=.failed")
                .to("gemini-image:generate?model=gemini-nano-banana-2.1&aspectRatio=16:9")
                .to("file:pictures");
    }
}
